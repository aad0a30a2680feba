/** What comes in by Kafka. */
@org.jspecify.annotations.NullMarked
package ai.chela.scheduler.kafka;
