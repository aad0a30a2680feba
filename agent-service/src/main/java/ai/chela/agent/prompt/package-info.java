/** What a model is shown, within a budget of tokens. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.prompt;
