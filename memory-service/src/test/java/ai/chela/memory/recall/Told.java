package ai.chela.memory.recall;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.embedding.Embedder.Vector;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.EmbeddedIndex;
import ai.chela.memory.index.Found;
import ai.chela.memory.index.Place;
import ai.chela.memory.index.Query;
import ai.chela.memory.index.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts of one scope in a real index, asked without a database: what recall does once it has read its candidates. */
final class Told implements AutoCloseable {
    /** As it is where an operator sets nothing. */
    private static final Fading FADING = new Fading(Duration.ofDays(42), 0.95);

    private final EmbeddedIndex index;
    private final Scope scope;
    private final Place place;
    private final Map<String, Prepared> facts = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private long change;

    Told(Path home, Scope scope, Embedder models) {
        this.index = new EmbeddedIndex(home, models, Runnable::run, Clock.systemUTC());
        this.scope = scope;
        this.place = new Place("acme", scope);
    }

    void tell(List<Fact> told) {
        List<Step> steps = new ArrayList<>();
        for (Fact fact : told) {
            Prepared prepared = Prepared.of(fact);
            facts.put(id(fact.id()), prepared);
            ids.put(id(fact.id()), fact.id());
            steps.add(new Step.Put(++change, new ai.chela.memory.index.Entry(id(fact.id()), prepared.counts())));
        }
        index.apply(place, steps, change).toCompletableFuture().join();
    }

    void means(Embedder.Model model, Map<String, float[]> vectors) {
        Map<String, float[]> named = new HashMap<>();
        vectors.forEach((id, vector) -> named.put(id(id), vector));
        index.addVectors(place, model, named).toCompletableFuture().join();
    }

    List<Hit> search(String question, String asker, int limit) {
        return search(question, asker, limit, null, Instant.EPOCH);
    }

    List<Hit> search(String question, String asker, int limit, @Nullable Vector vector, Instant now) {
        Found found = found(question, vector);
        return new Ranking(Question.of(question), asker, vector, limit, FADING, now).best(prepared(found), found);
    }

    List<Candidate> candidates(String question, String asker, Vector vector) {
        Found found = found(question, vector);
        return new Ranking(Question.of(question), asker, vector, 1, FADING, Instant.EPOCH)
                .candidates(prepared(found), found);
    }

    /** With the ids of the facts themselves, which need not be such as an index takes. */
    private Found found(String question, @Nullable Vector vector) {
        Set<String> keys = Question.of(question).keys();
        Found found = index.search(new Query(
                        "acme", Set.of(scope), keys, vector, Ranking.BY_WORDS, vector == null ? 0 : Ranking.BY_MEANING))
                .toCompletableFuture()
                .join();
        return new Found(
                found.candidates().stream()
                        .map(each -> new Found.Candidate(ids.getOrDefault(each.id(), ""), each.scope(), each.vector()))
                        .toList(),
                found.counts());
    }

    private List<Prepared> prepared(Found found) {
        List<Prepared> read = new ArrayList<>();
        for (Found.Candidate candidate : found.candidates()) {
            Prepared fact = facts.get(id(candidate.id()));
            if (fact != null) read.add(fact);
        }
        return read;
    }

    private static String id(String name) {
        return Ids.derive("told", name);
    }

    @Override
    public void close() throws IOException {
        index.close();
    }
}
