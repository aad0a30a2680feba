/** The contract of a tool, and what is checked before one runs. */
@org.jspecify.annotations.NullMarked
package ai.chela.toolrunner.tool;
