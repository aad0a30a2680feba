/** Turns, their steps and their conversations in the database. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.journal;
