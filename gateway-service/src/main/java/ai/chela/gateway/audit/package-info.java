/** The sink of everybody's audit entries, and the dead letters. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.audit;
