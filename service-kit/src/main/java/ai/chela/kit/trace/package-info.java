/** One trace across all services for each turn. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.trace;
