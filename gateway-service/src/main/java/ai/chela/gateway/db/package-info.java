/** What columns and failures of the database mean. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.db;
