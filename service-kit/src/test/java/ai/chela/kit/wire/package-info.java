/** Messages as Kafka records. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.wire;
