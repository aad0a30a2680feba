/**
 * The index in a Qdrant server, behind {@link ai.chela.memory.index.MemoryIndex}. Nothing outside of this package sees a class
 * of Qdrant's client, so that it can be left out.
 */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.qdrant;
