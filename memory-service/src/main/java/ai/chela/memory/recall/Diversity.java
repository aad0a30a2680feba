package ai.chela.memory.recall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets what says almost the same as something better go down, so that few places of an answer say much (maximal marginal
 * relevance). Only near duplicates are touched: two sentences about the same thing with another value in them must both stay.
 */
final class Diversity {
    /** From this cosine of two memories on one begins to be a repetition of the other. */
    private static final float ALIKE = 0.93f;

    /** A repetition goes down by so many places at most: further than an answer is long. */
    private static final int PLACES = 12;

    /** Only the first are looked at; what is behind them is hardly ever shown. */
    private static final int FIRST = 40;

    private Diversity() {}

    /** The same candidates, the best still first. */
    static List<Candidate> of(List<Candidate> ranked) {
        List<Candidate> first = ranked.subList(0, Math.min(FIRST, ranked.size()));
        List<Candidate> left = new ArrayList<>(first);
        List<Candidate> chosen = new ArrayList<>();
        float[] likeness = new float[first.size()];
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) places.add(i);
        while (!left.isEmpty()) {
            int best = 0;
            for (int i = 1; i < left.size(); i++)
                if (place(places, likeness, i) < place(places, likeness, best)) best = i;
            Candidate next = left.remove(best);
            likeness[places.remove(best)] = 0;
            chosen.add(next);
            for (int i = 0; i < left.size(); i++)
                likeness[places.get(i)] = Math.max(likeness[places.get(i)], cosine(left.get(i), next));
        }
        chosen.addAll(ranked.subList(first.size(), ranked.size()));
        return chosen;
    }

    /** Where it stands by relevance, put back by how much it repeats what is chosen. */
    private static float place(List<Integer> places, float[] likeness, int at) {
        int place = places.get(at);
        return place + PLACES * Math.max(0, likeness[place] - ALIKE) / (1 - ALIKE);
    }

    /** 0 where one of them has no vector. */
    private static float cosine(Candidate one, Candidate other) {
        return product(one.vector(), other.vector());
    }

    private static float product(float @Nullable [] one, float @Nullable [] other) {
        if (one == null || other == null || one.length != other.length) return 0;
        float sum = 0;
        for (int i = 0; i < one.length; i++) sum += one[i] * other[i];
        return sum;
    }
}
