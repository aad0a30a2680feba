package ai.chela.memory.fact;

import ai.chela.memory.recall.Hit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lets what is used come before what is not, where both answer about equally well. It hides nothing, and what was just told
 * is as strong as what is used every day.
 */
final class StrongerFirst {
    /** Scores closer than this are a tie, as they are for recall itself. */
    private static final double TIE = 0.04;

    /** Steps of strength that count as different: a week or two decides nothing. */
    private static final double STEP = 0.25;

    private StrongerFirst() {}

    /**
     * The same hits; only those that answer about as well as the first may change places.
     *
     * @param threshold the score below which nothing is an answer: none of those comes before one that is
     * @param nightly what a night leaves of the strength
     */
    static List<Hit> among(List<Hit> hits, double threshold, double nightly, Instant now) {
        if (hits.size() < 2) return hits;
        double best = hits.getFirst().score();
        int tied = 1;
        while (tied < hits.size() && ties(hits.get(tied).score(), best, threshold)) tied++;
        List<Hit> ordered = new ArrayList<>(hits.subList(0, tied));
        ordered.sort(Comparator.comparingLong(
                hit -> -Math.round(hit.fact().standing().strength(nightly, now) / STEP)));
        ordered.addAll(hits.subList(tied, hits.size()));
        return ordered;
    }

    private static boolean ties(double score, double best, double threshold) {
        return Math.abs(best - score) <= TIE && (score >= threshold || best < threshold);
    }
}
