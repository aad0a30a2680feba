/** Measures the index of memory-service by itself, for {@code ./chela bench --memory}. Nothing of the service uses it. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.bench;
