/** The parts of OpenAI's chat completions that Chela speaks. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.openai;
