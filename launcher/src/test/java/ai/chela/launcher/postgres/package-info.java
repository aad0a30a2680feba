@NullMarked
package ai.chela.launcher.postgres;

import org.jspecify.annotations.NullMarked;
