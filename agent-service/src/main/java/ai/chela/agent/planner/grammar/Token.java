package ai.chela.agent.planner.grammar;

/**
 * A piece of a message.
 *
 * @param text lower-case and half-width, for comparing
 * @param start index of its first UTF-16 unit in the source
 * @param end index after its last unit
 * @param glued whether it follows the token before it without space
 * @param quoted whether it stands inside quotation marks or backticks
 */
public record Token(String text, Kind kind, int start, int end, boolean glued, boolean quoted) {
    /** What a token is made of; a Chinese character is a token by itself, an address is one token. */
    public enum Kind {
        WORD,
        NUMBER,
        HAN,
        SYMBOL,
        URL
    }

    boolean is(String other) {
        return text.equals(other);
    }
}
