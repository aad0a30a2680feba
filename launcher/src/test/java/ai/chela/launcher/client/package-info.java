@NullMarked
package ai.chela.launcher.client;

import org.jspecify.annotations.NullMarked;
