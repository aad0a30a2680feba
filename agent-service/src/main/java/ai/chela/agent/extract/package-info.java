/** Having a model look through what people say for what is worth remembering: background work, within bounds. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.extract;
