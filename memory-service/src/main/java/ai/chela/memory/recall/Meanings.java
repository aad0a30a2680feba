package ai.chela.memory.recall;

import ai.chela.memory.dense.DenseIndex;
import ai.chela.memory.dense.Near;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.embedding.Embedder.Outcome;
import ai.chela.memory.embedding.Embedder.Purpose;
import ai.chela.memory.embedding.Embedder.Reason;
import ai.chela.memory.embedding.Embedder.Vector;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What facts mean, as vectors: makes them in the background after their facts were stored, and tells how near the facts of a
 * scope are to a question. Nothing here keeps a fact from being stored or a question from being answered: without a vector,
 * words decide. Thread-safe.
 */
@ApplicationScoped
public class Meanings {
    private static final Logger LOG = Logger.getLogger(Meanings.class);

    /** So many at once: a question that comes in between finds the machine free again soon. */
    private static final int BATCH = 8;

    /** A question's vector takes some milliseconds; on a machine that has no time for it, words decide. */
    private static final long MOST_MILLIS = 150;

    private static final long SOON_MILLIS = 250;
    private static final long LATER_MILLIS = 60_000;

    private record Place(String tenant, Scope scope) {}

    private final MeaningFiles files;
    private final Embedder embedder;
    private final Vertx vertx;
    private final Unembedded unembedded = new Unembedded();
    private final AtomicBoolean running = new AtomicBoolean();

    /** Scopes of which a fact found no room among those that wait. */
    private final Set<Place> incomplete = ConcurrentHashMap.newKeySet();

    public Meanings(MeaningFiles files, Embedder embedder, Vertx vertx, MeterRegistry meters) {
        this.files = files;
        this.embedder = embedder;
        this.vertx = vertx;
        meters.gauge("chela.memory.vectors.waiting", unembedded, Unembedded::size);
    }

    /** The vector of a question, or null when there is none to be had in time. Never fails. */
    CompletionStage<@Nullable Vector> question(String text) {
        Embedder.Model model = embedder.modelFor(text);
        if (model == null) return CompletableFuture.completedStage(null);
        return embedder.embed(Purpose.QUESTION, model, List.of(text))
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(new Outcome.NotNow(Reason.BUSY), MOST_MILLIS, TimeUnit.MILLISECONDS)
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Vectors(List<Vector> vectors) -> vectors.getFirst();
                    case Outcome.NotNow _ -> null;
                });
    }

    /**
     * How near the facts of a scope are to a question, and how many are known. Reads files.
     *
     * @param vectors how many facts can be compared
     */
    record Known(Nearness nearness, int vectors) {}

    Known near(String tenant, Scope scope, Vector question) {
        DenseIndex index = files.index(tenant, scope, question.model());
        return index == null ? new Known(Nearness.UNKNOWN, 0) : new Known(nearness(index, question), index.size());
    }

    private static Nearness nearness(DenseIndex index, Vector question) {
        return new Nearness() {
            @Override
            public List<String> nearest(int limit) {
                try {
                    return index.search(question.values(), limit).stream()
                            .map(Near::id)
                            .toList();
                } catch (IOException e) {
                    LOG.warn("event=memory.vectors outcome=search-failed", e);
                    return List.of();
                }
            }

            @Override
            public float cosine(String id) {
                return index.cosine(id, question.values());
            }
        };
    }

    /** A fact was stored, and its transaction has committed. */
    public void stored(String tenant, Fact fact) {
        Embedder.Model model = embedder.modelFor(fact.text());
        if (model == null) return;
        if (unembedded.offer(new Unembedded.Task(tenant, fact, model))) run();
        else incomplete.add(new Place(tenant, fact.scope()));
    }

    /** These are no longer current, by a transaction that has committed. Their vectors are erased off the event loop. */
    public void gone(String tenant, Scope scope, List<String> ids) {
        unembedded.forget(ids);
        vertx.<Void>executeBlocking(
                        () -> {
                            files.forget(tenant, scope, ids);
                            return null;
                        },
                        false)
                .onFailure(failure -> LOG.errorf(
                        failure, "event=memory.vectors outcome=not-erased tenant=%s facts=%d", tenant, ids.size()));
    }

    /**
     * Follows an index that was brought up to date: what has no vector gets one in the background, what is gone loses its
     * own before this returns. Reads and writes files.
     *
     * @param changes what was new to the index
     */
    void follow(String tenant, Scope scope, ScopeIndex index, List<Change> changes) {
        if (embedder.models().isEmpty()) return;
        Place place = new Place(tenant, scope);
        if (index.firstFollowed() || incomplete.remove(place)) compare(place, index);
        List<String> gone = changes.stream()
                .filter(change -> change instanceof Change.Gone)
                .map(change -> ((Change.Gone) change).id())
                .toList();
        if (!gone.isEmpty()) forget(place, gone);
        for (Change change : changes)
            if (change instanceof Change.Current(long _, Fact fact) && !has(tenant, fact)) stored(tenant, fact);
    }

    private void compare(Place place, ScopeIndex index) {
        List<Fact> facts = index.facts();
        Set<String> current = facts.stream().map(Fact::id).collect(Collectors.toSet());
        for (Embedder.Model model : embedder.models()) {
            DenseIndex vectors = files.index(place.tenant(), place.scope(), model);
            if (vectors == null) continue;
            List<String> left =
                    vectors.ids().stream().filter(id -> !current.contains(id)).toList();
            if (!left.isEmpty()) forget(place, left);
        }
        for (Fact fact : facts) if (!has(place.tenant(), fact)) stored(place.tenant(), fact);
    }

    private void forget(Place place, List<String> ids) {
        unembedded.forget(ids);
        try {
            files.forget(place.tenant(), place.scope(), ids);
        } catch (IOException e) {
            // they are not recalled all the same, and the sweep comes back to them
            LOG.errorf(e, "event=memory.vectors outcome=not-erased tenant=%s facts=%d", place.tenant(), ids.size());
        }
    }

    private boolean has(String tenant, Fact fact) {
        Embedder.Model model = embedder.modelFor(fact.text());
        DenseIndex index = model == null ? null : files.index(tenant, fact.scope(), model);
        return index != null && index.contains(fact.id());
    }

    /** One batch after the other until nothing waits; never two at a time. */
    private void run() {
        if (!running.compareAndSet(false, true)) return;
        List<Unembedded.Task> batch = unembedded.next(BATCH);
        if (batch.isEmpty()) {
            running.set(false);
            if (unembedded.size() > 0) vertx.setTimer(SOON_MILLIS, _ -> run());
            return;
        }
        embedder.embed(
                        Purpose.FACT,
                        batch.getFirst().model(),
                        batch.stream().map(task -> MeaningText.of(task.fact())).toList())
                .thenAccept(outcome -> took(batch, outcome));
    }

    private void took(List<Unembedded.Task> batch, Outcome outcome) {
        switch (outcome) {
            case Outcome.Vectors(List<Vector> vectors) -> keep(batch, vectors);
            case Outcome.NotNow(Reason reason) -> {
                unembedded.putBack(batch);
                again(reason == Reason.FAILED ? LATER_MILLIS : SOON_MILLIS);
            }
        }
    }

    private void again(long millis) {
        vertx.setTimer(millis, _ -> {
            running.set(false);
            run();
        });
    }

    /** On the embedder's own thread, which is nobody's. */
    private void keep(List<Unembedded.Task> batch, List<Vector> vectors) {
        try {
            for (int i = 0; i < batch.size(); i++) keep(batch.get(i), vectors.get(i));
        } catch (IOException e) {
            LOG.errorf(e, "event=memory.vectors outcome=not-kept facts=%d", batch.size());
        } finally {
            unembedded.done(batch);
        }
        running.set(false);
        run();
    }

    private void keep(Unembedded.Task task, Vector vector) throws IOException {
        DenseIndex index = files.index(task.tenant(), task.fact().scope(), vector.model());
        if (index == null || !unembedded.waits(task)) return;
        index.add(task.fact().id(), vector.values());
        // forgotten while it was added: whoever forgets says so first, and erases then
        if (!unembedded.waits(task)) index.remove(List.of(task.fact().id()));
    }
}
