package ai.chela.memory.index;

import ai.chela.memory.embedding.Embedder;

/** Opens the index in files of this instance's own. A build that has it has one bean of this; nothing else needs to know of it. */
public interface OwnIndexes {
    /** Opens no file before somebody asks. Closed by who opened it, where it can be. */
    MemoryIndex open(Embedder embedder);
}
