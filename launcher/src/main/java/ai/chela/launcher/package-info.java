/** The local stack under one command: {@code ./chela}. */
@NullMarked
package ai.chela.launcher;

import org.jspecify.annotations.NullMarked;
