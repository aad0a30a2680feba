/** Finding the fact that answers a question, and knowing when there is none. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.recall;
