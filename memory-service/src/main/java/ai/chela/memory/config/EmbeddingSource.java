package ai.chela.memory.config;

/** Where vectors of texts come from. Written in configuration in lower case, with a hyphen: {@code in-process}. */
public enum EmbeddingSource {
    /** Models that run in this process, one for English and one for Chinese. */
    IN_PROCESS,

    /** An OpenAI-compatible {@code /embeddings}: texts of memories and questions are sent there. */
    ENDPOINT,

    /** A model in a file of the operator's, which runs in this process. */
    FILE,

    /** None: recall compares words only. */
    OFF
}
