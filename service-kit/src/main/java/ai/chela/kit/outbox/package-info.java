/** Publishing what a transaction decided, after it has committed. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.outbox;
