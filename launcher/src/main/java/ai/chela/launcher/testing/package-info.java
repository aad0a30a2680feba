/** The last lines of a test run. */
@NullMarked
package ai.chela.launcher.testing;

import org.jspecify.annotations.NullMarked;
