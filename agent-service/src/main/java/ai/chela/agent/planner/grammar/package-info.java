/** Tokens, the forms of domain files, and matching the one against the other in bounded time. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.planner.grammar;
