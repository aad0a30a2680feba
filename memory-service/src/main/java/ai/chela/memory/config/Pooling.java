package ai.chela.memory.config;

/** How a text's vector is made of the vectors of its pieces. */
public enum Pooling {
    /** That of the first piece, which BERT calls {@code [CLS]}; models of the BGE family. */
    CLS,

    /** The mean of all; models of the E5 and MiniLM families. */
    MEAN
}
