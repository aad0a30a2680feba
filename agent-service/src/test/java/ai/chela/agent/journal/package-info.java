/** Turns as they are stored. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.journal;
