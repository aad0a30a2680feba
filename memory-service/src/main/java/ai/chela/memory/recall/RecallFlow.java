package ai.chela.memory.recall;

import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Brings the indexes of what a person may see up to date, then searches them, off the event loop. */
@ApplicationScoped
public class RecallFlow {
    /** So much is looked for when it must be known how many fit. */
    private static final int CLOSE_ONES = 10;

    private final Transactions transactions;
    private final Changes changes;
    private final Indexes indexes;
    private final Vertx vertx;
    private final Timer timer;
    private final double threshold;

    public RecallFlow(
            Transactions transactions,
            Changes changes,
            Indexes indexes,
            Vertx vertx,
            MemorySettings settings,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.changes = changes;
        this.indexes = indexes;
        this.vertx = vertx;
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
                .deferred(() -> upToDate(origin, asker))
                .chain(current -> offLoop(() -> search(current, asker, query, limit)))
                .map(hits -> answer(hits, start));
    }

    /** The facts that clearly answer, within a unit that may have changed some itself; best first. */
    public Uni<List<Hit>> clearlyMatching(UnitOfWork unit, Asker asker, String query) {
        return within(unit, asker.sees(), new ArrayList<>())
                .chain(current -> offLoop(() -> search(current, asker, query, CLOSE_ONES)))
                .map(hits ->
                        hits.stream().filter(hit -> hit.score() >= threshold).toList());
    }

    private Answer answer(List<Hit> hits, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        timer.record(took);
        return new Answer(hits, !hits.isEmpty() && hits.getFirst().score() >= threshold, took);
    }

    private static List<Hit> search(List<ScopeIndex> current, Asker asker, String query, int limit) {
        Question question = Question.of(query);
        return Hit.ranked(
                current.stream().flatMap(index -> index.search(question, asker.person(), limit).stream()), limit);
    }

    private record Read(ScopeIndex index, Changes.Page page) {}

    /** One transaction reads what is new in every scope; only a scope of many facts needs another. */
    private Uni<List<ScopeIndex>> upToDate(Origin origin, Asker asker) {
        List<ScopeIndex> current = asker.sees().stream()
                .map(scope -> indexes.of(origin.tenant(), scope))
                .toList();
        return upToDate(origin, asker, current);
    }

    private Uni<List<ScopeIndex>> upToDate(Origin origin, Asker asker, List<ScopeIndex> current) {
        return transactions
                .run("recall.read", origin, unit -> reads(unit, asker.sees(), current))
                .chain(reads -> offLoop(() -> applied(reads)))
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
                        .mapToObj(i -> new Read(current.get(i), pages.get(i)))
                        .toList());
    }

    private boolean applied(List<Read> reads) {
        boolean more = false;
        for (Read read : reads) {
            if (read.page().size() > 0 || read.index().change() < read.page().head())
                read.index().apply(read.page().changes().get(), read.page().head());
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
            return offLoop(() -> applied(List.of(new Read(index, page))))
                    .chain(more -> more
                            ? bring(unit, scope, index, own)
                            : Uni.createFrom().item(index));
        });
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
