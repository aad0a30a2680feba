/** How long memories are kept: retention by age, and legal hold. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.retention;
