package ai.chela.memory.recall;

import ai.chela.memory.index.Bm25;
import ai.chela.memory.index.Found;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells how well a fact answers a question by its words, given how common they are in its scope. */
final class Judge {
    private final Question question;
    private final String asker;

    Judge(Question question, String asker) {
        this.question = question;
        this.asker = asker;
    }

    /**
     * @param counts of the fact's scope
     * @param cosine {@code NaN} where it is not known
     * @param vector null where there is none
     */
    Candidate candidate(Prepared prepared, Found.Counts counts, float cosine, float @Nullable [] vector) {
        return new Candidate(prepared.fact(), words(prepared, counts), fit(prepared, counts), cosine, vector);
    }

    private double words(Prepared prepared, Found.Counts counts) {
        double sum = 0;
        for (String key : question.keys()) {
            Integer count = prepared.counts().get(key);
            if (count != null)
                sum += rarity(counts, counts.having(key))
                        * Bm25.saturation(count, prepared.length(), counts.averageLength());
        }
        return sum;
    }

    private double fit(Prepared prepared, Found.Counts counts) {
        Set<String> all = prepared.counts().keySet();
        double best = 0;
        for (Passage passage : prepared.passages()) best = Math.max(best, fit(passage, all, counts));
        boolean another = question.firstPerson() && !prepared.fact().speaker().equals(asker);
        return another ? best * Fit.ABOUT_ANOTHER : best;
    }

    private double fit(Passage passage, Set<String> all, Found.Counts counts) {
        double asked = 0;
        double found = 0;
        // "my name" says whose
        double said = question.firstPerson() ? Fit.WHOSE : 0;
        for (Term term : question.terms()) {
            double weight = term.weight() * rarity(term, counts);
            asked += weight;
            said += term.weight();
            found += weight * Math.max(term.foundIn(passage.keys()), Fit.ELSEWHERE * term.foundIn(all));
        }
        return Fit.score(
                asked == 0 ? 0 : found / asked, passage.side(question.keys()), said, question.answeredBy(passage));
    }

    private static double rarity(Term term, Found.Counts counts) {
        long having = term.pairs().stream().mapToLong(counts::having).max().orElseGet(() -> counts.having(term.key()));
        return rarity(counts, having);
    }

    private static double rarity(Found.Counts counts, long having) {
        return Bm25.rarity(counts.facts(), having);
    }
}
