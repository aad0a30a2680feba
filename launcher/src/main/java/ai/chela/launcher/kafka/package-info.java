/** The Kafka broker as a process of this machine. */
@NullMarked
package ai.chela.launcher.kafka;

import org.jspecify.annotations.NullMarked;
