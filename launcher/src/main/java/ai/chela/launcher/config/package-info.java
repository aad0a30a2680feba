/** The configuration files: their first content, and the few changes that commands make to them. */
@NullMarked
package ai.chela.launcher.config;

import org.jspecify.annotations.NullMarked;
