package ai.chela.memory.embedding;

/** Cuts a text into the numbers that a model reads. Thread-safe. */
interface Tokenizer {
    /**
     * @param text of any length and content
     * @param most how many numbers at most, start and end included, at least 2; what is behind is not read
     */
    long[] numbers(String text, int most);
}
