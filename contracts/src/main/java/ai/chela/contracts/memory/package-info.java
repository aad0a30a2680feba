/** What is remembered, recalled, corrected and forgotten. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts.memory;
