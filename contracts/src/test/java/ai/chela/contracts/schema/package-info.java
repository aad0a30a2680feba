/** The schemas, held against the records and against the golden messages. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts.schema;
