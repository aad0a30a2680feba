package ai.chela.memory.index;

/** Opens an index that all instances share. A package that has one makes a bean of this; nothing else needs to know of it. */
public interface SharedIndexes {
    /** Does not wait for a server to answer. Closed by who opened it, where it can be. */
    MemoryIndex open();
}
