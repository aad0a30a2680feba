package ai.chela.contracts.memory;

/** What a memory came from. Text of a tool or a page is never a person's word, whoever asked for it. */
public enum MemoryOrigin {
    /** A person said it to be remembered, or corrected it. */
    SAID,
    /** Noticed in what a person said, by a pattern that is certain. */
    LEARNED,
    /** A model picked it from what a person said; the words are hers. */
    PICKED,
    /** In a model's words. */
    MODEL,
    /** From a tool's result or a page. */
    TOOL
}
