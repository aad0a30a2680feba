/** The gateway through its public surface. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway;
