package ai.chela.memory.embedding;

/** A setting of the embedding cannot be used; the service does not start. The message names the key. */
public class EmbeddingConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmbeddingConfigException(String key, String problem) {
        super("chela.memory." + key + ": " + problem);
    }
}
