/** The schema of the service's database. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.schema;
