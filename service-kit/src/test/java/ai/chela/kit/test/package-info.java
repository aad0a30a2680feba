/** A real Kafka and a real PostgreSQL for tests. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.test;
