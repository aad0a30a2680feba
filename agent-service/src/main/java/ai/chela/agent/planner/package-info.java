/**
 * Turns a message into operations, or into one question, or into "not understood". A hierarchical task network: tasks,
 * methods with preconditions and operators come from domain files; nothing here does I/O.
 */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.planner;
