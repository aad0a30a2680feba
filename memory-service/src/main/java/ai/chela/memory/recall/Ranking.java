package ai.chela.memory.recall;

import ai.chela.memory.embedding.Embedder.Vector;
import ai.chela.memory.index.Found;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From the candidates of an index to the answer.
 *
 * @param vector of the question; null to go by words alone
 * @param limit how many hits at most
 */
record Ranking(Question question, String asker, @Nullable Vector vector, int limit, Fading fading, Instant now) {
    /** Candidates of a scope; more of them changed nothing on the quality set. */
    static final int BY_WORDS = 60;

    static final int BY_MEANING = 30;

    /**
     * Best first.
     *
     * @param facts those of the candidates that are current, and others that no index knows yet
     */
    List<Hit> best(List<Prepared> facts, Found found) {
        List<Candidate> candidates = candidates(facts, found);
        if (vector == null) return Fusion.byWords(shareWords(candidates), limit);
        long vectors = found.counts().values().stream()
                .mapToLong(Found.Counts::vectors)
                .sum();
        return new Fusion(vector.model(), vectors, fading, now).rank(candidates, limit);
    }

    private static List<Candidate> shareWords(List<Candidate> candidates) {
        return candidates.stream().filter(candidate -> candidate.words() > 0).toList();
    }

    /** What has expired meanwhile is none. */
    List<Candidate> candidates(List<Prepared> facts, Found found) {
        Judge judge = new Judge(question, asker);
        Map<String, Found.Candidate> named =
                found.candidates().stream().collect(Collectors.toMap(Found.Candidate::id, each -> each));
        return facts.stream()
                .filter(fact -> !fact.fact().standing().expired(now))
                .map(fact -> {
                    Found.Candidate candidate = named.get(fact.fact().id());
                    return judge.candidate(
                            fact,
                            found.counts().getOrDefault(fact.fact().scope(), Found.Counts.NONE),
                            cosine(candidate),
                            candidate == null ? null : candidate.vector());
                })
                .toList();
    }

    private float cosine(Found.@Nullable Candidate candidate) {
        float[] stored = candidate == null ? null : candidate.vector();
        return vector == null || stored == null ? Float.NaN : vector.cosine(new Vector(vector.model(), stored));
    }
}
