@NullMarked
package ai.chela.launcher.config;

import org.jspecify.annotations.NullMarked;
