package ai.chela.memory.config;

/** Which index is behind recall. */
public enum IndexKind {
    /** Files of each instance's own. */
    EMBEDDED,

    /** A Qdrant server, the same for all instances. */
    QDRANT
}
