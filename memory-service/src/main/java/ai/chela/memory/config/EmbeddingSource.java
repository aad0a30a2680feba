package ai.chela.memory.config;

/** Where vectors of texts come from. Written in configuration in lower case, with a hyphen: {@code in-process}. */
public enum EmbeddingSource {
    /** Models that run in this process, one for English and one for Chinese. */
    IN_PROCESS,

    /** None: recall compares words only. */
    OFF
}
