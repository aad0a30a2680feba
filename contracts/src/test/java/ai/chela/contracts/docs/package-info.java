/** The pages about topics, made from what the code and the schemas say. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts.docs;
