package ai.chela.memory.recall;

import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.embedding.Embedder.Vector;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the indexes of what a person may see up to date, then searches them by words and by meaning, off the event loop.
 * Where the question has no vector in time, by words alone.
 */
@ApplicationScoped
public class RecallFlow {
    /** So much is looked for when it must be known how many fit. */
    private static final int CLOSE_ONES = 10;

    private final Transactions transactions;
    private final Changes changes;
    private final Indexes indexes;
    private final Meanings meanings;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final Timer timer;
    private final double threshold;

    public RecallFlow(
            Transactions transactions,
            Changes changes,
            Indexes indexes,
            Meanings meanings,
            Vertx vertx,
            MemorySettings settings,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.changes = changes;
        this.indexes = indexes;
        this.meanings = meanings;
        this.vertx = vertx;
        this.meters = meters;
        this.threshold = settings.threshold();
        this.timer = Timer.builder("chela.recall")
                .description("from the question's arrival to the ranked facts")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }

    /**
     * @param hits best first
     * @param certain whether the first is above the threshold
     */
    public record Answer(List<Hit> hits, boolean certain, Duration took) {}

    /** What a person recalls in a place. At most {@code limit} facts, from nothing but the scopes that she sees there. */
    public Uni<Answer> recall(Origin origin, Asker asker, String query, int limit) {
        long start = System.nanoTime();
        return Uni.createFrom()
                .deferred(() -> upToDate(origin, asker, query))
                .chain(ready -> offLoop(() -> search(origin.tenant(), ready, asker, query, limit)))
                .map(hits -> answer(hits, start));
    }

    /**
     * The facts that clearly answer, within a unit that may have changed some itself; best first. By words alone: what is
     * chosen here is forgotten for good.
     */
    public Uni<List<Hit>> clearlyMatching(UnitOfWork unit, Asker asker, String query) {
        return within(unit, asker.sees(), new ArrayList<>())
                .chain(current -> offLoop(() -> byWords(current, asker, query, CLOSE_ONES)))
                .map(hits ->
                        hits.stream().filter(hit -> hit.score() >= threshold).toList());
    }

    private Answer answer(List<Hit> hits, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        timer.record(took);
        return new Answer(hits, !hits.isEmpty() && hits.getFirst().score() >= threshold, took);
    }

    /**
     * @param current in the order of what the asker sees
     * @param question its vector, null when there is none
     */
    private record Ready(List<ScopeIndex> current, @Nullable Vector question) {}

    private List<Hit> search(String tenant, Ready ready, Asker asker, String query, int limit) {
        Vector vector = ready.question();
        meters.counter("chela.recall.ways", "by", vector == null ? "words" : "words and meaning")
                .increment();
        if (vector == null) return byWords(ready.current(), asker, query, limit);
        Question question = Question.of(query);
        List<Candidate> candidates = new ArrayList<>();
        int vectors = 0;
        for (int i = 0; i < ready.current().size(); i++) {
            Meanings.Known known = meanings.near(tenant, asker.sees().get(i), vector);
            candidates.addAll(ready.current().get(i).candidates(question, asker.person(), known.nearness()));
            vectors += known.vectors();
        }
        return Fusion.rank(candidates, vector.model(), vectors, Instant.now(), limit);
    }

    private static List<Hit> byWords(List<ScopeIndex> current, Asker asker, String query, int limit) {
        Question question = Question.of(query);
        return Hit.ranked(
                current.stream().flatMap(index -> index.search(question, asker.person(), limit).stream()), limit);
    }

    /**
     * @param shared whether others use the index; then its vectors follow it
     */
    private record Read(Scope scope, ScopeIndex index, Changes.Page page, boolean shared) {}

    /** The question's vector is made while the database is read, where there is anything to compare it with. */
    private Uni<Ready> upToDate(Origin origin, Asker asker, String query) {
        List<ScopeIndex> current = asker.sees().stream()
                .map(scope -> indexes.of(origin.tenant(), scope))
                .toList();
        CompletionStage<@Nullable Vector> early = holdAny(current) ? meanings.question(query) : null;
        return upToDate(origin, asker, current).chain(_ -> {
            if (early != null) return onContext(early).map(vector -> new Ready(current, vector));
            if (!holdAny(current)) return Uni.createFrom().item(new Ready(current, null));
            return onContext(meanings.question(query)).map(vector -> new Ready(current, vector));
        });
    }

    private static boolean holdAny(List<ScopeIndex> current) {
        return current.stream().anyMatch(index -> index.size() > 0);
    }

    /** One transaction reads what is new in every scope; only a scope of many facts needs another. */
    private Uni<List<ScopeIndex>> upToDate(Origin origin, Asker asker, List<ScopeIndex> current) {
        return transactions
                .run("recall.read", origin, unit -> reads(unit, asker.sees(), current))
                .chain(reads -> offLoop(() -> applied(origin.tenant(), reads)))
                .chain(more -> more
                        ? upToDate(origin, asker, current)
                        : Uni.createFrom().item(current));
    }

    private Uni<List<Read>> reads(UnitOfWork unit, List<Scope> scopes, List<ScopeIndex> current) {
        List<Changes.Known> known = IntStream.range(0, scopes.size())
                .mapToObj(i -> new Changes.Known(scopes.get(i), current.get(i).change()))
                .toList();
        return changes.since(unit, known)
                .map(pages -> IntStream.range(0, pages.size())
                        .mapToObj(i -> new Read(scopes.get(i), current.get(i), pages.get(i), true))
                        .toList());
    }

    private boolean applied(String tenant, List<Read> reads) {
        boolean more = false;
        for (Read read : reads) {
            if (read.page().size() > 0 || read.index().change() < read.page().head()) {
                List<Change> changes = read.page().changes().get();
                read.index().apply(changes, read.page().head());
                if (read.shared()) meanings.follow(tenant, read.scope(), read.index(), changes);
            }
            more |= read.page().more();
        }
        indexes.trim();
        return more;
    }

    /** As {@link #upToDate}, inside a unit; what this unit has changed itself goes to an index that nobody else sees. */
    private Uni<List<ScopeIndex>> within(UnitOfWork unit, List<Scope> scopes, List<ScopeIndex> done) {
        if (done.size() == scopes.size()) return Uni.createFrom().item(done);
        Scope scope = scopes.get(done.size());
        return bring(unit, scope, indexes.of(unit.tenant(), scope), false).chain(index -> {
            done.add(index);
            return within(unit, scopes, done);
        });
    }

    private Uni<ScopeIndex> bring(UnitOfWork unit, Scope scope, ScopeIndex index, boolean own) {
        Changes.Known known = new Changes.Known(scope, index.change());
        return changes.since(unit, List.of(known)).map(List::getFirst).chain(page -> {
            if (page.uncommitted() && !own) return bring(unit, scope, new ScopeIndex(), true);
            return offLoop(() -> applied(unit.tenant(), List.of(new Read(scope, index, page, !own))))
                    .chain(more -> more
                            ? bring(unit, scope, index, own)
                            : Uni.createFrom().item(index));
        });
    }

    /** What another thread makes arrives on the context that asked. */
    private <T extends @Nullable Object> Uni<T> onContext(CompletionStage<T> stage) {
        Context context = vertx.getOrCreateContext();
        return Uni.createFrom()
                .emitter(emitter -> stage.whenComplete((item, failure) -> context.runOnContext(_ -> {
                    if (failure != null) emitter.fail(failure);
                    else emitter.complete(item);
                })));
    }

    /** Computes on a worker thread; the result arrives on the context that asked, where its session may be used again. */
    private <T> Uni<T> offLoop(Callable<T> computation) {
        Context context = vertx.getOrCreateContext();
        return Uni.createFrom()
                .emitter(emitter -> context.executeBlocking(computation, false).onComplete(result -> {
                    if (result.succeeded()) emitter.complete(result.result());
                    else emitter.fail(Objects.requireNonNull(result.cause()));
                }));
    }
}
