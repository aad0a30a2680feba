/** What an operator calls from a command line, beside the running service. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.operator;
