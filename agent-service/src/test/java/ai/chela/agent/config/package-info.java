/** Configuration as people write it. */
@NullMarked
package ai.chela.agent.config;

import org.jspecify.annotations.NullMarked;
