package ai.chela.gateway.openai;

/** What happens to an answer on its way to a client. */
public sealed interface Piece {
    /** The text goes on. */
    record Delta(String text) implements Piece {}

    /** The whole answer; everything was given as deltas before. */
    record Answer(String text) implements Piece {}

    /** There is no answer, and why. */
    record Failed(String code, String text) implements Piece {}

    /** Still working. */
    record Alive() implements Piece {}

    /** Nothing comes after this. */
    record End() implements Piece {}
}
