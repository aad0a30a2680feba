/** Reasoning: planner, models, durable turns. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent;
