/** The stack that is tested, and what this machine has. */
@NullMarked
package ai.chela.system.stack;

import org.jspecify.annotations.NullMarked;
