package ai.chela.memory.recall;

import ai.chela.memory.embedding.Embedder;

/**
 * How sure it is, by the meaning of one model, that the best fact answers the question: a logistic regression over the odd
 * conversations of the quality set, scaled so that the score at which as little is claimed wrongly as by words is that of
 * words, 0.68. Each model has its own: the cosines of two models mean different things.
 *
 * @param intercept and the weights of fit, of cosine, and of its lead over the next best
 * @param scale what the likelihood is multiplied with
 */
record Certainty(double intercept, double fit, double cosine, double lead, double scale) {
    private static final Certainty ENGLISH = new Certainty(-3.22, 2.21, 3.15, 8.08, 0.68 / 0.85);
    private static final Certainty CHINESE = new Certainty(-5.69, 0.84, 9.53, 3.45, 0.68 / 0.885);

    /** Of a model that was not calibrated: its vectors choose what is looked at, and never claim to know. */
    private static final Certainty NEVER = new Certainty(0, 0, 0, 0, 0);

    /** A larger lead says no more: the next best may be about something else altogether. */
    private static final double MOST_LEAD = 0.1;

    static Certainty of(Embedder.Model model) {
        return switch (model.name()) {
            case "bge-small-en-v15-q" -> ENGLISH;
            case "bge-small-zh-v15-q" -> CHINESE;
            default -> NEVER; // any model that an operator brings
        };
    }

    /** From 0 to 1. */
    double score(Candidate best, double leadOverNext) {
        double sum = intercept + fit * best.fit() + cosine * best.cosine() + lead * Math.min(leadOverNext, MOST_LEAD);
        return scale / (1 + Math.exp(-sum));
    }
}
