/** How tool calls are kept in PostgreSQL. */
@org.jspecify.annotations.NullMarked
package ai.chela.toolrunner.db;
