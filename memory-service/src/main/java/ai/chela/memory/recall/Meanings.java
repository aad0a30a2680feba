package ai.chela.memory.recall;

import ai.chela.kit.tenancy.Transactions;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.embedding.Embedder.Outcome;
import ai.chela.memory.embedding.Embedder.Purpose;
import ai.chela.memory.embedding.Embedder.Reason;
import ai.chela.memory.embedding.Embedder.Vector;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.Lacking;
import ai.chela.memory.index.MemoryIndex;
import ai.chela.memory.index.Place;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What facts mean, as vectors: makes them in the background after their facts were stored, and gives them to the index. Nothing
 * here keeps a fact from being stored or a question from being answered: without a vector, words decide. Thread-safe.
 */
@ApplicationScoped
public class Meanings {
    private static final Logger LOG = Logger.getLogger(Meanings.class);

    /** So many at once: a question that comes in between finds the machine free again soon. */
    private static final int BATCH = 8;

    /** So many that lack a vector are looked for at once. */
    private static final int PAGE = 256;

    private static final long SOON_MILLIS = 250;
    private static final long LATER_MILLIS = 60_000;

    private final MemoryIndex index;
    private final CatchUp catchUp;
    private final PreparedFacts prepared;
    private final Changes changes;
    private final Transactions transactions;
    private final Embedder embedder;
    private final Vertx vertx;
    private final OffLoop offLoop;
    private final Unembedded unembedded = new Unembedded();
    private final AtomicBoolean running = new AtomicBoolean();

    /** Scopes that were looked through for what has no vector, by this process, or are being so. */
    private final Set<Place> lookedThrough = ConcurrentHashMap.newKeySet();

    Meanings(
            MemoryIndex index,
            CatchUp catchUp,
            PreparedFacts prepared,
            Changes changes,
            Transactions transactions,
            Embedder embedder,
            Vertx vertx,
            OffLoop offLoop,
            MeterRegistry meters) {
        this.index = index;
        this.catchUp = catchUp;
        this.prepared = prepared;
        this.changes = changes;
        this.transactions = transactions;
        this.embedder = embedder;
        this.vertx = vertx;
        this.offLoop = offLoop;
        meters.gauge("chela.memory.vectors.waiting", unembedded, Unembedded::size);
    }

    /** The vector of a question, or null when there is none to be had in time. Never fails. */
    CompletionStage<@Nullable Vector> question(String text) {
        Embedder.Model model = embedder.modelFor(text);
        if (model == null) return CompletableFuture.completedStage(null);
        return embedder.embed(Purpose.QUESTION, model, List.of(text))
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(
                        new Outcome.NotNow(Reason.BUSY), embedder.patience().toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Vectors(List<Vector> vectors) -> vectors.getFirst();
                    case Outcome.NotNow _ -> null;
                });
    }

    /** A fact was stored, and its transaction has committed. */
    public void stored(String tenant, Fact fact) {
        Embedder.Model model = embedder.modelFor(fact.text());
        if (model == null) return;
        if (unembedded.offer(new Unembedded.Task(tenant, fact, model))) run();
        else lookedThrough.remove(new Place(tenant, fact.scope()));
    }

    /** These are no longer current, by a transaction that has committed. They leave the index off the event loop. */
    public void gone(String tenant, Scope scope, List<String> ids) {
        Place place = new Place(tenant, scope);
        unembedded.forget(ids);
        prepared.forget(place, ids);
        index.erase(place, ids).whenComplete((_, failure) -> {
            // they are not recalled all the same, and the sweep comes back to them
            if (failure != null)
                LOG.errorf(failure, "event=memory.index outcome=not-erased tenant=%s facts=%d", tenant, ids.size());
        });
    }

    /** After an index was brought up to date: what has no vector gets one in the background. */
    void follow(String tenant, CatchUp.Caught caught) {
        if (embedder.models().isEmpty()) return;
        if (caught.whole()) for (Fact fact : caught.fresh()) stored(tenant, fact);
        for (Map.Entry<Scope, Long> scope : caught.heads().entrySet()) {
            Place place = new Place(tenant, scope.getKey());
            if (scope.getValue() > 0 && lookedThrough.add(place)) lookThrough(place);
        }
    }

    private void lookThrough(Place place) {
        catchUp.wholly(place)
                .chain(() -> lookThrough(place, null))
                .subscribe()
                .with(_ -> LOG.debugf("event=memory.vectors.looked-through tenant=%s", place.tenant()), failure -> {
                    lookedThrough.remove(place);
                    LOG.warnf(failure, "event=memory.vectors outcome=not-looked-through tenant=%s", place.tenant());
                });
    }

    private Uni<Void> lookThrough(Place place, @Nullable String after) {
        return offLoop.arrive(index.lacking(place, new HashSet<>(embedder.models()), after, PAGE))
                .chain(page -> wanted(place, page)
                        .chain(() ->
                                page.next() == null ? Uni.createFrom().voidItem() : lookThrough(place, page.next())));
    }

    /** A page is done when all of it waits for its vectors. */
    private Uni<Void> wanted(Place place, Lacking page) {
        if (page.ids().isEmpty()) return Uni.createFrom().voidItem();
        return transactions
                .run(
                        "memory.vectors",
                        CatchUp.service(place),
                        unit -> changes.current(unit, List.of(place.scope()), page.ids()))
                .chain(facts -> offered(place, facts, 0));
    }

    private Uni<Void> offered(Place place, List<Fact> facts, int from) {
        int at = from;
        while (at < facts.size() && offered(place.tenant(), facts.get(at))) at++;
        run();
        if (at == facts.size()) return Uni.createFrom().voidItem();
        int next = at;
        return Uni.createFrom()
                .<Void>emitter(emitter -> vertx.setTimer(4 * SOON_MILLIS, _ -> emitter.complete(null)))
                .chain(() -> offered(place, facts, next));
    }

    private boolean offered(String tenant, Fact fact) {
        Embedder.Model model = embedder.modelFor(fact.text());
        return model == null || unembedded.offer(new Unembedded.Task(tenant, fact, model));
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
        embed(batch);
    }

    private void embed(List<Unembedded.Task> batch) {
        embedder.embed(
                        Purpose.FACT,
                        batch.getFirst().model(),
                        batch.stream().map(task -> MeaningText.of(task.fact())).toList())
                .thenAccept(outcome -> took(batch, outcome));
    }

    private void took(List<Unembedded.Task> batch, Outcome outcome) {
        switch (outcome) {
            case Outcome.Vectors(List<Vector> vectors) -> keep(batch, vectors);
            case Outcome.NotNow(Reason reason) when reason == Reason.REFUSED -> refused(batch);
            case Outcome.NotNow(Reason reason) -> {
                unembedded.putBack(batch);
                again(reason == Reason.FAILED ? LATER_MILLIS : SOON_MILLIS);
            }
        }
    }

    /** One of them is not taken: each is tried alone, and that one goes without a vector. */
    private void refused(List<Unembedded.Task> batch) {
        if (batch.size() > 1) {
            unembedded.alone(batch);
        } else {
            LOG.warnf(
                    "event=memory.vectors outcome=refused tenant=%s fact=%s",
                    batch.getFirst().tenant(), batch.getFirst().fact().id());
            unembedded.done(batch);
        }
        running.set(false);
        run();
    }

    private void again(long millis) {
        vertx.setTimer(millis, _ -> {
            running.set(false);
            run();
        });
    }

    /** The index takes vectors of what it knows: it is brought up to date first. What was forgotten meanwhile it passes over. */
    private void keep(List<Unembedded.Task> batch, List<Vector> vectors) {
        Unembedded.Task first = batch.getFirst();
        Place place = new Place(first.tenant(), first.fact().scope());
        Map<String, float[]> made = new HashMap<>();
        for (int i = 0; i < batch.size(); i++)
            if (unembedded.waits(batch.get(i)))
                made.put(batch.get(i).fact().id(), vectors.get(i).values());
        vertx.getOrCreateContext()
                .runOnContext(_ -> catchUp.wholly(place)
                        .chain(() -> offLoop.arrive(index.addVectors(place, first.model(), made)))
                        .onItemOrFailure()
                        .invoke((_, failure) -> {
                            unembedded.done(batch);
                            if (failure != null) {
                                lookedThrough.remove(place);
                                LOG.errorf(
                                        failure,
                                        "event=memory.vectors outcome=not-kept tenant=%s facts=%d",
                                        place.tenant(),
                                        batch.size());
                            }
                            running.set(false);
                            run();
                        })
                        .subscribe()
                        .with(_ -> {}, _ -> {}));
    }
}
