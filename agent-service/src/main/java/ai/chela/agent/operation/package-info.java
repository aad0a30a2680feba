/** The one vocabulary of planner, policy and model: what can be done, and who does it. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.operation;
