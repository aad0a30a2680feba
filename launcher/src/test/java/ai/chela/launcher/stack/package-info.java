@NullMarked
package ai.chela.launcher.stack;

import org.jspecify.annotations.NullMarked;
