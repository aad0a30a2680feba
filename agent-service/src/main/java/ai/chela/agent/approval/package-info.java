/** Questions to a person before something is done. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.approval;
