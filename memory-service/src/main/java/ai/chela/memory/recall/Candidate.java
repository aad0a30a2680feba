package ai.chela.memory.recall;

import ai.chela.memory.fact.Fact;
import org.jspecify.annotations.Nullable;

/**
 * A fact that may answer a question, and what speaks for it.
 *
 * @param words BM25, 0 where no word is shared
 * @param fit how well it answers by its words, from 0 to 1
 * @param cosine nearness in meaning, {@code NaN} where it is not known
 * @param vector its own, of the model of the question's; null where there is none
 */
record Candidate(Fact fact, double words, double fit, float cosine, float @Nullable [] vector) {
    Candidate(Fact fact, double words, double fit, float cosine) {
        this(fact, words, fit, cosine, null);
    }
}
