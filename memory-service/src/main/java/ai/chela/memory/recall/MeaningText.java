package ai.chela.memory.recall;

import ai.chela.memory.fact.Fact;

/** What of a fact is made a vector of. */
final class MeaningText {
    private MeaningText() {}

    /** With who said it, for "I am away in May" says of whom only so. Found to help on the quality set. */
    static String of(Fact fact) {
        return fact.saidBy() + ": " + fact.text();
    }
}
