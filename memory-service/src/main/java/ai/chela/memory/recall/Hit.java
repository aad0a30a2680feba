package ai.chela.memory.recall;

import ai.chela.memory.fact.Fact;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fact and how well it fits the question.
 *
 * @param score from 0 to 1
 */
public record Hit(Fact fact, double score) {
    /** Scores closer than this are a tie, which the newer fact wins. */
    private static final double TIE = 0.04;

    private static final Comparator<Hit> BEST_FIRST = Comparator.<Hit>comparingLong(hit -> -Math.round(hit.score / TIE))
            .thenComparing(hit -> hit.fact.saidAt(), Comparator.reverseOrder())
            .thenComparing(hit -> hit.fact.id());

    /** Best first; among those that fit equally well the newest first. */
    public static List<Hit> ranked(Stream<Hit> hits, int limit) {
        return hits.sorted(BEST_FIRST).limit(limit).toList();
    }
}
