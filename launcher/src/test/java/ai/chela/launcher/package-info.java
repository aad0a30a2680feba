@NullMarked
package ai.chela.launcher;

import org.jspecify.annotations.NullMarked;
