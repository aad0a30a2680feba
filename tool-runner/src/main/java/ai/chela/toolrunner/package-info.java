/** Runs tools: built in, and commands in a sandbox. */
@org.jspecify.annotations.NullMarked
package ai.chela.toolrunner;
