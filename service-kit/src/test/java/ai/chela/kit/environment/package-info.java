@org.jspecify.annotations.NullMarked
package ai.chela.kit.environment;
