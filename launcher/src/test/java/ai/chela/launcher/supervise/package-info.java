@NullMarked
package ai.chela.launcher.supervise;

import org.jspecify.annotations.NullMarked;
