package ai.chela.memory.recall;

import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.embedding.Embedder.Vector;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.Found;
import ai.chela.memory.index.IndexException;
import ai.chela.memory.index.MemoryIndex;
import ai.chela.memory.index.Place;
import ai.chela.memory.index.Query;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the index of what a person may see up to date, asks it for candidates by words and by meaning, reads these from the
 * database and ranks them. Where the question has no vector in time, by words alone; where the index cannot be used, or is being
 * built again, the newest memories are looked at one by one, and the metric says so.
 */
@ApplicationScoped
public class RecallFlow {
    private static final Logger LOG = Logger.getLogger(RecallFlow.class);

    /** So much is looked for when it must be known how many fit. */
    private static final int CLOSE_ONES = 10;

    /** So many of the newest are looked at besides while an index is being built, which begins with the oldest. */
    private static final int NEWEST_BESIDES = 200;

    /** And so many where there is no index at all. */
    private static final int NEWEST_ALONE = 1_000;

    private final Transactions transactions;
    private final Changes changes;
    private final CatchUp catchUp;
    private final MemoryIndex index;
    private final PreparedFacts prepared;
    private final Meanings meanings;
    private final OffLoop offLoop;
    private final MeterRegistry meters;
    private final Timer timer;
    private final double threshold;
    private final Fading fading;

    RecallFlow(
            Transactions transactions,
            Changes changes,
            CatchUp catchUp,
            MemoryIndex index,
            PreparedFacts prepared,
            Meanings meanings,
            OffLoop offLoop,
            MemorySettings settings,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.changes = changes;
        this.catchUp = catchUp;
        this.index = index;
        this.prepared = prepared;
        this.meanings = meanings;
        this.offLoop = offLoop;
        this.meters = meters;
        this.threshold = settings.threshold();
        this.fading = new Fading(settings.halfLife(), settings.decay());
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
        return recall(origin, asker, query, limit, null);
    }

    /**
     * As {@link #recall(Origin, Asker, String, int)}.
     *
     * @param mostTokens about so many together at most; null for no such limit
     */
    public Uni<Answer> recall(Origin origin, Asker asker, String query, int limit, @Nullable Integer mostTokens) {
        long start = System.nanoTime();
        Asked asked = new Asked(origin.tenant(), asker, Question.of(query), limit, fading);
        Reading reading = work -> transactions.run("recall.facts", origin, work::apply);
        return Uni.createFrom()
                .deferred(() -> hits(asked, reading, query, () -> catchUp.now(origin, asker.sees())))
                .map(hits -> answer(TokenBudget.within(mostTokens, hits), start));
    }

    /**
     * The facts that clearly answer, within a unit that may have changed some itself; best first. By words alone: what is
     * chosen here is forgotten for good.
     */
    public Uni<List<Hit>> clearlyMatching(UnitOfWork unit, Asker asker, String query) {
        Asked asked = new Asked(unit.tenant(), asker, Question.of(query), CLOSE_ONES, fading);
        Reading reading = work -> work.apply(unit);
        return catchUp.within(unit, asker.sees())
                .chain(caught -> ranked(asked, reading, caught, null))
                .onFailure(IndexException.class)
                .recoverWithUni(() -> byNewest(asked, reading))
                .map(hits ->
                        hits.stream().filter(hit -> hit.score() >= threshold).toList());
    }

    private Answer answer(List<Hit> hits, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        timer.record(took);
        return new Answer(hits, !hits.isEmpty() && hits.getFirst().score() >= threshold, took);
    }

    private record Asked(String tenant, Asker asker, Question question, int limit, Fading fading) {
        Place place(Scope scope) {
            return new Place(tenant, scope);
        }

        Ranking ranking(@Nullable Vector vector) {
            return new Ranking(question, asker.person(), vector, limit, fading, Instant.now());
        }

        Query query(@Nullable Vector vector) {
            return new Query(
                    tenant,
                    Set.copyOf(asker.sees()),
                    question.keys(),
                    vector,
                    Ranking.BY_WORDS,
                    vector == null ? 0 : Ranking.BY_MEANING);
        }
    }

    /** Where facts are read: in a transaction of its own, or in that of who asks. */
    private interface Reading {
        Uni<List<Fact>> within(Function<UnitOfWork, Uni<List<Fact>>> work);
    }

    private interface Catching {
        Uni<CatchUp.Caught> up();
    }

    /** What was damaged is empty at the second attempt, and is built again by it. */
    private Uni<List<Hit>> hits(Asked asked, Reading reading, String query, Catching catching) {
        return attempt(asked, reading, query, catching)
                .onFailure(IndexException.class)
                .recoverWithUni(() -> attempt(asked, reading, query, catching))
                .onFailure(IndexException.class)
                .recoverWithUni(failure -> {
                    LOG.warnf(
                            "event=recall.index outcome=away tenant=%s reason=\"%s\"",
                            asked.tenant(), failure.getMessage());
                    return byNewest(asked, reading);
                });
    }

    /** The question's vector is made while the database is read, where there is anything to compare it with. */
    private Uni<List<Hit>> attempt(Asked asked, Reading reading, String query, Catching catching) {
        boolean known = asked.asker().sees().stream().anyMatch(scope -> prepared.change(asked.place(scope), 0) > 0);
        CompletionStage<@Nullable Vector> early = known ? meanings.question(query) : null;
        return catching.up().chain(caught -> {
            meanings.follow(asked.tenant(), caught);
            if (caught.empty()) return Uni.createFrom().item(List.<Hit>of());
            return offLoop.arrive(early == null ? meanings.question(query) : early)
                    .chain(vector -> ranked(asked, reading, caught, vector));
        });
    }

    private Uni<List<Hit>> ranked(Asked asked, Reading reading, CatchUp.Caught caught, @Nullable Vector vector) {
        count(!caught.whole() ? "part of the index" : vector == null ? "words" : "words and meaning");
        return offLoop.arrive(index.search(asked.query(vector)))
                .chain(found -> facts(asked, reading, caught, found)
                        .chain(facts ->
                                offLoop.compute(() -> asked.ranking(vector).best(facts, found))));
    }

    /** The candidates, and what no index knows yet. */
    private Uni<List<Prepared>> facts(Asked asked, Reading reading, CatchUp.Caught caught, Found found) {
        Map<String, Prepared> known = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        caught.heads().forEach((scope, head) -> {
            List<String> ids = found.candidates().stream()
                    .filter(candidate -> candidate.scope().equals(scope))
                    .map(Found.Candidate::id)
                    .toList();
            known.putAll(prepared.get(asked.place(scope), head, ids));
            unknown.addAll(ids);
        });
        unknown.removeAll(known.keySet());
        caught.uncommitted().forEach(fact -> unknown.remove(fact.id()));
        return read(asked, reading, unknown, caught.whole())
                .chain(read -> offLoop.compute(() -> {
                    List<Prepared> fresh = read.stream().map(Prepared::of).toList();
                    keep(asked, caught, fresh);
                    Map<String, Prepared> all = new HashMap<>(known);
                    for (Prepared each : fresh) all.put(each.fact().id(), each);
                    for (Fact fact : caught.uncommitted()) all.put(fact.id(), Prepared.of(fact));
                    return List.copyOf(all.values());
                }));
    }

    private Uni<List<Fact>> read(Asked asked, Reading reading, Set<String> ids, boolean whole) {
        if (ids.isEmpty() && whole) return Uni.createFrom().item(List.of());
        return reading.within(unit -> changes.current(unit, asked.asker().sees(), ids)
                .chain(facts -> {
                    if (whole) return Uni.createFrom().item(facts);
                    return changes.newest(unit, asked.asker().sees(), NEWEST_BESIDES)
                            .map(newest -> {
                                List<Fact> all = new ArrayList<>(facts);
                                all.addAll(newest);
                                return all;
                            });
                }));
    }

    private void keep(Asked asked, CatchUp.Caught caught, List<Prepared> fresh) {
        caught.heads()
                .forEach((scope, head) -> prepared.put(
                        asked.place(scope),
                        head,
                        fresh.stream()
                                .filter(each -> each.fact().scope().equals(scope))
                                .toList()));
        prepared.trim();
    }

    private Uni<List<Hit>> byNewest(Asked asked, Reading reading) {
        count("the newest alone");
        return reading.within(unit -> changes.newest(unit, asked.asker().sees(), NEWEST_ALONE))
                .chain(facts -> offLoop.compute(() -> {
                    List<Prepared> read = facts.stream().map(Prepared::of).toList();
                    return asked.ranking(null)
                            .best(
                                    read,
                                    Alone.among(
                                            read,
                                            asked.asker().sees(),
                                            asked.question().keys()));
                }));
    }

    private void count(String by) {
        meters.counter("chela.recall.ways", "by", by).increment();
    }
}
