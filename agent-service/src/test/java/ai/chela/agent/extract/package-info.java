@org.jspecify.annotations.NullMarked
package ai.chela.agent.extract;
