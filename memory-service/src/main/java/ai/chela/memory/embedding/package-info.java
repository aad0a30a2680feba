/** Texts as vectors, so that what means the same lies close together: the port, and the models that run in this process. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.embedding;
