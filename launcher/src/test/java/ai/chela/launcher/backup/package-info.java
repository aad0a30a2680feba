@NullMarked
package ai.chela.launcher.backup;

import org.jspecify.annotations.NullMarked;
