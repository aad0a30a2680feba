/** Language models by configuration. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.model;
