/** The engine: what a turn does next, as (state, event) to (state, commands), without I/O; and the flow that feeds it. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.turn;
