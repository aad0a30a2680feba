/** Configuration files of this service. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.config;
