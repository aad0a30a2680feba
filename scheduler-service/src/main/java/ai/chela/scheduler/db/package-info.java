/** What is kept in PostgreSQL. */
@org.jspecify.annotations.NullMarked
package ai.chela.scheduler.db;
