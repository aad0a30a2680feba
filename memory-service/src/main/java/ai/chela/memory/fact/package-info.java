/** Facts: what was said, its correction, its forgetting. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.fact;
