/** The nightly review: what says the same becomes one, what contradicts itself is closed or asked about, what is over goes. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.review;
