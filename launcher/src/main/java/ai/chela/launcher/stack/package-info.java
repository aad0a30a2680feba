/** Up, down, status, logs: the whole stack. */
@NullMarked
package ai.chela.launcher.stack;

import org.jspecify.annotations.NullMarked;
