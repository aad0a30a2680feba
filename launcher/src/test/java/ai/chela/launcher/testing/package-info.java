@NullMarked
package ai.chela.launcher.testing;

import org.jspecify.annotations.NullMarked;
