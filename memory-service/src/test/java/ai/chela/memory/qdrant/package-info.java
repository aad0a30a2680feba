@org.jspecify.annotations.NullMarked
package ai.chela.memory.qdrant;
