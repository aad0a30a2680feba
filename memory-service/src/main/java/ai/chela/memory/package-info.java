/** Long-term memory: what was told is kept, recalled, corrected and forgotten. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory;
