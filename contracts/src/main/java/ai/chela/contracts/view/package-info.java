/** Read-only questions of the gateway to the service that owns the answer. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts.view;
