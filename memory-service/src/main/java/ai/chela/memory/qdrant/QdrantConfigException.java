package ai.chela.memory.qdrant;

/** A setting of Qdrant cannot be used; the service does not start. The message names the key. */
public class QdrantConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QdrantConfigException(String key, String problem) {
        super("chela.memory.qdrant." + key + ": " + problem);
    }
}
