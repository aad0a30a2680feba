package ai.chela.memory.recall;

import ai.chela.memory.embedding.Embedder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings together what words and meaning say. Both are scaled to 1 for the best, so that they can be added; what was said
 * lately gains a little, what says the same again goes to the end. Weights are from the odd conversations of the quality set.
 */
final class Fusion {
    private static final double WORDS = 0.4;
    private static final double MEANING = 1 - WORDS;

    /** Cosines this far below the best count nothing. In a scope of few facts all of them may be closer than that. */
    private static final double RANGE = 0.25;

    /** What being said just now is worth: it decides among what answers about equally, and hides nothing. */
    private static final double FRESH = 0.08;

    /** What remains for a text that nobody is trusted for; a person's own word has all. */
    private static final double UNTRUSTED = 0.6;

    /** Closer than this is a tie, which the newer wins. */
    private static final double TIE = 0.02;

    /** With fewer facts to compare with, the lead of the best over the next says nothing. */
    private static final int ENOUGH = 20;

    private record Ranked(Candidate candidate, double score) {}

    private static final Comparator<Ranked> BEST_FIRST = Comparator.<Ranked>comparingLong(
                    ranked -> -Math.round(ranked.score / TIE))
            .thenComparing(ranked -> ranked.candidate.fact().saidAt(), Comparator.reverseOrder())
            .thenComparing(ranked -> ranked.candidate.fact().id());

    private final Embedder.Model model;
    private final long known;
    private final Fading fading;
    private final Instant now;

    /**
     * @param model of the question's vector
     * @param known how many facts have a vector of that model
     */
    Fusion(Embedder.Model model, long known, Fading fading, Instant now) {
        this.model = model;
        this.known = known;
        this.fading = fading;
        this.now = now;
    }

    /**
     * The best first; the score of each is from 0 to 1 and says how likely it is an answer.
     *
     * @param candidates of all scopes that the asker sees
     */
    List<Hit> rank(List<Candidate> candidates, int limit) {
        double mostWords =
                candidates.stream().mapToDouble(Candidate::words).max().orElse(0);
        List<Float> cosines = candidates.stream()
                .map(Candidate::cosine)
                .filter(cosine -> !cosine.isNaN())
                .sorted(Comparator.reverseOrder())
                .limit(2)
                .toList();
        if (cosines.isEmpty()) return byWords(candidates, limit);
        double nearest = cosines.getFirst();
        double next = cosines.size() > 1 ? cosines.getLast() : nearest;
        List<Candidate> ranked = Diversity.of(varied(candidates.stream()
                .map(candidate -> new Ranked(candidate, score(candidate, mostWords, nearest)))
                .sorted(BEST_FIRST)
                .map(Ranked::candidate)
                .toList()));
        return ranked.stream()
                .limit(limit)
                .map(candidate -> new Hit(candidate.fact(), trusted(candidate) * likely(candidate, nearest, next)))
                .toList();
    }

    private double likely(Candidate candidate, double nearest, double next) {
        if (known < ENOUGH || Float.isNaN(candidate.cosine())) return candidate.fit();
        return Math.max(candidate.fit(), Certainty.of(model).score(candidate, lead(candidate, nearest, next)));
    }

    /** As it was before there were vectors. */
    static List<Hit> byWords(List<Candidate> candidates, int limit) {
        return Hit.ranked(
                candidates.stream().map(candidate -> new Hit(candidate.fact(), trusted(candidate) * candidate.fit())),
                limit);
    }

    /** From {@link #UNTRUSTED} to 1. */
    private static double trusted(Candidate candidate) {
        return UNTRUSTED + (1 - UNTRUSTED) * candidate.fact().standing().trust();
    }

    /** A fact whose vector is not there yet, or is of another model, is judged by its words alone. */
    private double score(Candidate candidate, double mostWords, double nearest) {
        double words = mostWords == 0 ? 0 : candidate.words() / mostWords;
        double meaning =
                Float.isNaN(candidate.cosine()) ? words : Math.max(0, 1 - (nearest - candidate.cosine()) / RANGE);
        return trusted(candidate) * (WORDS * words + MEANING * meaning) + FRESH * fading.left(candidate.fact(), now);
    }

    private static double lead(Candidate candidate, double nearest, double next) {
        return candidate.cosine() - (candidate.cosine() == (float) nearest ? next : nearest);
    }

    /** The same words from several people fill a list without telling more: all but the first go to the end. */
    private static List<Candidate> varied(List<Candidate> ranked) {
        Set<Set<String>> told = new HashSet<>();
        List<Candidate> first = new ArrayList<>();
        List<Candidate> again = new ArrayList<>();
        for (Candidate candidate : ranked) {
            Set<String> keys = Tokenizer.keys(
                    Tokenizer.terms(Tokenizer.normalized(candidate.fact().text())));
            (told.add(keys) ? first : again).add(candidate);
        }
        first.addAll(again);
        return first;
    }
}
