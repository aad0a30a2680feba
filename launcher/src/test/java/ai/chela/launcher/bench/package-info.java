@NullMarked
package ai.chela.launcher.bench;

import org.jspecify.annotations.NullMarked;
