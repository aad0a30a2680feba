/** Keys and encryption at rest. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.crypto;
