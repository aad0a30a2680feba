package ai.chela.memory.recall;

import ai.chela.memory.fact.Fact;

/**
 * A fact that may answer a question, and what speaks for it.
 *
 * @param words BM25, 0 where no word is shared
 * @param fit how well it answers by its words, from 0 to 1
 * @param cosine nearness in meaning, {@code NaN} where it is not known
 */
record Candidate(Fact fact, double words, double fit, float cosine) {}
