/** The topics that this service reads, each handed to its feature. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.kafka;
