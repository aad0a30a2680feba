/** Promises, shown. */
@NullMarked
package ai.chela.launcher.demo;

import org.jspecify.annotations.NullMarked;
