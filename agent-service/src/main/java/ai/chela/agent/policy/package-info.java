/** What may be done, decided on operation, arguments and who asks. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.policy;
