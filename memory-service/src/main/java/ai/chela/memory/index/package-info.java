/**
 * The index behind recall: one port, {@link ai.chela.memory.index.MemoryIndex}. An index finds candidates and shows nothing:
 * what it names is read from PostgreSQL before anybody sees it, so that a stale or damaged index can miss a memory but never
 * bring one back.
 */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.index;
