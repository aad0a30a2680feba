package ai.chela.memory.index;

/** The index cannot do this now: it is damaged, away, too slow, or out of space. Recall then does without it and says so. */
public final class IndexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was wrong, without content
     */
    public IndexException(String message, Throwable cause) {
        super(message, cause);
    }

    public IndexException(String message) {
        super(message);
    }
}
