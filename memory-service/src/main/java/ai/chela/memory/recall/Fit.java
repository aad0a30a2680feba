package ai.chela.memory.recall;

/**
 * How well a sentence answers a question, from 0 to 1, so that one threshold means the same in every scope. Found by
 * trying on the labelled questions of the tests.
 */
final class Fit {
    /** A word that is in another sentence of the same memory. */
    static final double ELSEWHERE = 0.7;

    /** "my desk" asked by one person and told by another. */
    static final double ABOUT_ANOTHER = 0.6;

    /** That a question is about the asker, beside what its words say. */
    static final double WHOSE = 0.5;

    /** What remains when the question is covered but no side of the sentence is about it. */
    private static final double BY_COVERAGE_ALONE = 0.55;

    /** A "when" answered by a sentence without a time, a "who" by one without anybody. */
    private static final double NOT_OF_THE_KIND = 0.75;

    /** A question must say this much: a single word that goes with anything is no question. */
    private static final double ENOUGH_SAID = 0.75;

    /** One word alone is in many sentences that are not about it. */
    private static final double ONE_WORD = 0.9;

    private Fit() {}

    /**
     * @param covered share of the question's weight that the sentence speaks of
     * @param side share of the sentence's best side that the question speaks of
     * @param said weight of the question's terms
     */
    static double score(double covered, double side, double said, boolean ofTheKind) {
        double score = covered * (BY_COVERAGE_ALONE + (1 - BY_COVERAGE_ALONE) * side);
        if (!ofTheKind) score *= NOT_OF_THE_KIND;
        if (said <= 1) score *= ONE_WORD;
        if (said < ENOUGH_SAID) score *= said / ENOUGH_SAID;
        return Math.clamp(score, 0, 1);
    }
}
