/** The topics that the service reads and answers on. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.kafka;
