/** Facts and keys in PostgreSQL. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.db;
