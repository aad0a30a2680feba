/** Evidence, and messages that could not be handled. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts.audit;
