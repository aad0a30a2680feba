package ai.chela.memory.index;

import ai.chela.memory.dense.DenseIndex;
import ai.chela.memory.dense.Near;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.fact.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/**
 * The index in this process: words by Lucene, one index for each tenant, and vectors by {@link DenseIndex}, one for each scope.
 * All of it in a folder of its own that only the owner may read and that may be deleted while the service is down. What is
 * damaged is emptied, and built again by whoever asks how far it is.
 */
public final class EmbeddedIndex implements MemoryIndex, AutoCloseable {
    /** Folders within the home. */
    static final String WORDS = "index";

    static final String VECTORS = "vectors";

    private final WordFiles words;
    private final VectorFiles vectors;
    private final Executor executor;
    private final Map<String, CompletableFuture<Void>> purges = new ConcurrentHashMap<>();

    /**
     * @param home a folder, made where there is none
     * @param executor may be blocked for as long as a disk takes
     */
    public EmbeddedIndex(Path home, Embedder embedder, Executor executor, Clock clock) {
        this.words = new WordFiles(home.resolve(WORDS), clock);
        this.vectors = new VectorFiles(home.resolve(VECTORS), embedder, clock);
        this.executor = executor;
    }

    @Override
    public CompletionStage<Map<Scope, Long>> reached(String tenant, Set<Scope> scopes) {
        return off(tenant, () -> {
            WordIndex index = words.of(tenant);
            Map<Scope, Long> reached = new HashMap<>();
            for (Scope scope : scopes) reached.put(scope, index.reached(scope));
            return reached;
        });
    }

    @Override
    public CompletionStage<Void> apply(Place place, List<Step> steps, long head) {
        return run(place.tenant(), () -> {
            List<String> gone = new ArrayList<>();
            for (Step step : steps) if (step instanceof Step.Gone(long _, String id)) gone.add(id);
            words.of(place.tenant()).apply(place.scope(), steps, head);
            if (!gone.isEmpty()) vectors.remove(place, gone);
        });
    }

    @Override
    public CompletionStage<Void> addVectors(Place place, Embedder.Model model, Map<String, float[]> added) {
        return run(place.tenant(), () -> {
            WordIndex known = words.of(place.tenant());
            DenseIndex index = vectors.index(place, model);
            List<String> unknown = new ArrayList<>();
            for (Map.Entry<String, float[]> each : added.entrySet())
                if (known.contains(place.scope(), each.getKey())) index.add(each.getKey(), each.getValue());
            // removed while it was added: whoever removes takes the entry first, and the vector then
            for (String id : added.keySet()) if (!known.contains(place.scope(), id)) unknown.add(id);
            index.remove(unknown);
        });
    }

    @Override
    public CompletionStage<Lacking> lacking(Place place, Set<Embedder.Model> models, @Nullable String after, int most) {
        return off(place.tenant(), () -> {
            List<DenseIndex> indexes = new ArrayList<>();
            for (Embedder.Model model : models) {
                DenseIndex index = vectors.existing(place, model);
                if (index != null) indexes.add(index);
            }
            List<String> lacking = new ArrayList<>();
            String last = after == null ? "" : after;
            while (lacking.size() < most) {
                List<String> ids = words.of(place.tenant()).ids(place.scope(), last, 1_000);
                if (ids.isEmpty()) return new Lacking(List.copyOf(lacking), null);
                for (String id : ids) {
                    last = id;
                    if (indexes.stream().noneMatch(index -> index.contains(id))) lacking.add(id);
                    if (lacking.size() == most) break;
                }
            }
            return new Lacking(List.copyOf(lacking), last);
        });
    }

    @Override
    public CompletionStage<Found> search(Query query) {
        return off(query.tenant(), () -> {
            List<Found.Candidate> candidates = new ArrayList<>();
            Map<Scope, Found.Counts> counts = new HashMap<>();
            for (Scope scope : query.scopes()) counts.put(scope, search(query, scope, candidates));
            return new Found(candidates, counts);
        });
    }

    private Found.Counts search(Query query, Scope scope, List<Found.Candidate> candidates) throws IOException {
        WordIndex index = words.of(query.tenant());
        Found.Counts counts = index.counts(scope, query.keys());
        Map<String, Found.Candidate> found = new LinkedHashMap<>();
        for (String id : index.search(scope, counts, query.byWords()))
            found.put(id, new Found.Candidate(id, scope, null));
        Embedder.Vector asked = query.vector();
        DenseIndex near = asked == null ? null : vectors.existing(new Place(query.tenant(), scope), asked.model());
        if (asked != null && near != null) {
            if (query.byMeaning() > 0)
                for (Near each : near.search(asked.values(), query.byMeaning()))
                    found.put(each.id(), new Found.Candidate(each.id(), scope, null));
            for (Map.Entry<String, Found.Candidate> each : found.entrySet())
                each.setValue(new Found.Candidate(each.getKey(), scope, near.vector(each.getKey())));
        }
        candidates.addAll(found.values());
        return near == null
                ? counts
                : new Found.Counts(counts.facts(), counts.averageLength(), counts.having(), near.size());
    }

    @Override
    public CompletionStage<Void> erase(Place place, List<String> ids) {
        List<String> wellFormed =
                ids.stream().filter(id -> id.matches("[0-9a-f]{32}")).toList();
        return run(place.tenant(), () -> {
                    words.of(place.tenant()).remove(place.scope(), wellFormed);
                    vectors.remove(place, wellFormed);
                })
                .thenCompose(_ -> purged(place.tenant()));
    }

    /** Many are erased at once: those that come while files are rewritten share the next rewriting. */
    private CompletionStage<Void> purged(String tenant) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> waiting = purges.computeIfAbsent(tenant, _ -> mine);
        if (waiting == mine)
            run(tenant, () -> {
                        synchronized (purges) {
                            purges.remove(tenant, mine);
                            words.purge(tenant);
                        }
                    })
                    .whenComplete((_, failure) -> {
                        if (failure == null) mine.complete(null);
                        else mine.completeExceptionally(failure);
                    });
        return waiting;
    }

    @Override
    public CompletionStage<Void> purge() {
        return run("", words::purge);
    }

    @Override
    public CompletionStage<Void> drop(Place place) {
        return run(place.tenant(), () -> {
            words.of(place.tenant()).drop(place.scope());
            vectors.drop(place);
        });
    }

    @Override
    public CompletionStage<Void> retain(Set<Embedder.Model> models) {
        return run("", () -> vectors.retain(models));
    }

    @Override
    public CompletionStage<List<Place>> places() {
        return off("", words::places);
    }

    @Override
    public String state() {
        return words.state();
    }

    /** Vectors in the files that are open. */
    public long vectors() {
        return vectors.vectors();
    }

    /** Writes what was applied, so that less is to be applied again after a crash. */
    public CompletionStage<Void> commit() {
        return run("", words::commit);
    }

    /** Closes what was not used for a while. */
    public CompletionStage<Void> trim(Duration idle) {
        return run("", () -> {
            words.trim(idle);
            vectors.trim(idle);
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private CompletionStage<Void> run(String tenant, Work work) {
        return off(tenant, () -> {
            work.run();
            return null;
        });
    }

    /** What is found damaged is emptied at once, so that it is built again. */
    private <T extends @Nullable Object> CompletionStage<T> off(String tenant, Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            executor.execute(() -> complete(tenant, work, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(new IndexException("the index is being closed", e));
        }
        return done;
    }

    private <T extends @Nullable Object> void complete(String tenant, Callable<T> work, CompletableFuture<T> done) {
        try {
            done.complete(work.call());
        } catch (AlreadyClosedException e) {
            done.completeExceptionally(new IndexException("the index is being closed", e));
        } catch (Exception e) {
            if (!tenant.isEmpty()) words.failed(tenant, e);
            done.completeExceptionally(new IndexException(
                    "the embedded index failed: " + e.getClass().getSimpleName(), e));
        }
    }

    @Override
    public void close() throws IOException {
        words.close();
        vectors.close();
    }
}
