/** The HTTP surface: thin resources over the features, and RFC 9457 problems. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.api;
