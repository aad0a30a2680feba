/** A tool call from its request to its result: what is decided, and in which order. */
@org.jspecify.annotations.NullMarked
package ai.chela.toolrunner.call;
