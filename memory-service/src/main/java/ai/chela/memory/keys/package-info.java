/** Master keys at hand, and their rotation while everything runs. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.keys;
