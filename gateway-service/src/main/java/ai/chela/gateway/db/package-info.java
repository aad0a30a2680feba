/** What the database's failures mean to a caller. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.db;
