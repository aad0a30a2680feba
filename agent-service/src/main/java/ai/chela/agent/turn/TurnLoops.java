package ai.chela.agent.turn;

import ai.chela.agent.config.AgentConfig;
import ai.chela.agent.journal.Journal;
import ai.chela.agent.journal.Steps;
import ai.chela.agent.model.ModelAnswer;
import ai.chela.agent.reply.Phrases;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.audit.DeadLetter;
import ai.chela.kit.tenancy.DatabaseFaults;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.work.Ticker;
import ai.chela.kit.work.WorkLoop;
import ai.chela.kit.work.WorkLoop.Work;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds the turns that can go on: queued ones whose turn it is, those whose time has come, those whose holder is gone. */
@ApplicationScoped
public class TurnLoops implements ModelCalls.Outcomes {
    private static final Logger LOG = Logger.getLogger(TurnLoops.class);

    /** How often going on with a turn may fail by a fault of ours before its person is told. */
    private static final int MAX_FAILURES = 4;

    /** Within the time that a service has to stop. */
    private static final Duration TO_GIVE_BACK = Duration.ofSeconds(3);

    private static final String QUEUED = """
            select t.tenant, t.id from turn t where t.phase = 'queued' and not exists
              (select 1 from turn u where u.tenant = t.tenant and u.conversation = t.conversation and u.seq < t.seq
               and u.phase <> 'finished' and u.answered_at is null)
            order by t.priority, t.created_at limit $1""";
    private static final String DUE = "select tenant, id from turn where wake_at <= now() order by wake_at limit $1";
    private static final String NOBODY_HOLDS = "(lease_until is null or lease_until < now())";

    private static final String ORPHANED = "select tenant, id from turn where phase = 'thinking' and " + NOBODY_HOLDS
            + " order by lease_until limit $1";

    private final Transactions transactions;
    private final TurnFlow flow;
    private final AgentConfig config;
    private final Pool queue;
    private final WorkLoop queued;
    private final WorkLoop due;
    private final WorkLoop orphaned;
    private final Ticker leases;
    private final HeldCalls held;
    private final Counter fenced;

    public TurnLoops(
            Transactions transactions,
            TurnFlow flow,
            AgentConfig config,
            Calls calls,
            ModelCalls modelCalls,
            Vertx vertx,
            MeterRegistry meters,
            @ReactiveDataSource("queue") Pool queue) {
        this.transactions = transactions;
        this.flow = flow;
        this.config = config;
        this.queue = queue;
        this.queued = new WorkLoop("turn.begin", vertx, Duration.ofSeconds(1), 16, n -> scan(QUEUED, n), this::begin);
        this.due = new WorkLoop("turn.wake", vertx, Duration.ofMillis(500), 8, n -> scan(DUE, n), this::wake);
        this.orphaned =
                new WorkLoop("turn.take-over", vertx, Duration.ofSeconds(1), 4, n -> scan(ORPHANED, n), this::takeOver);
        this.held = new HeldCalls(transactions);
        this.leases = new Ticker("turn.leases", vertx, HeldCalls.RENEWAL, held::renew);
        this.fenced = meters.counter("chela.turn.writes.fenced");
        calls.whenTurnFinished(queued::nudge);
        modelCalls.tell(this);
        meters.gauge("chela.turns.under.way", queued, WorkLoop::underWay);
        meters.gauge("chela.model.calls.under.way", held, HeldCalls::size);
    }

    void start(@Observes StartupEvent event) {
        queued.start();
        due.start();
        orphaned.start();
        leases.start();
    }

    void stop(@Observes ShutdownEvent event) {
        queued.stop();
        due.stop();
        orphaned.stop();
        leases.stop();
        held.giveBack()
                .onFailure()
                .invoke(failure -> LOG.warnf("model.leases-not-given-back cause=%s", failure))
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(TO_GIVE_BACK);
    }

    /** A turn was queued just now. */
    public void queued(String tenant, String turn) {
        queued.offer(new Work(tenant, turn));
    }

    private Uni<List<Work>> scan(String sql, int limit) {
        return queue.preparedQuery(sql).execute(Tuple.of(limit)).map(rows -> {
            List<Work> found = new ArrayList<>();
            rows.forEach(row -> found.add(new Work(row.getString(0), row.getString(1))));
            return found;
        });
    }

    private Origin origin(Work work) {
        return new Origin(work.tenant(), Principal.service("agent"), null, work.id(), null, null);
    }

    private Uni<Void> begin(Work work) {
        return transactions
                .run("turn.begin", origin(work), unit -> flow.begin(unit, work.id()))
                .onFailure()
                .recoverWithUni(failure -> broken(work, failure));
    }

    private Uni<Void> wake(Work work) {
        return transactions
                .run(
                        "turn.wake",
                        origin(work),
                        unit -> flow.on(unit, work.id(), _ -> new TurnEvent.Woken())
                                .chain(changed -> changed ? Uni.createFrom().voidItem() : postpone(unit, work.id())))
                .onFailure()
                .recoverWithUni(failure -> broken(work, failure));
    }

    /** The database's clock was ahead of ours: look again in a moment. */
    private static Uni<Void> postpone(UnitOfWork unit, String turn) {
        return unit.execute(
                        "update turn set wake_at = now() + interval '500 milliseconds'"
                                + " where tenant = ?1 and id = ?2 and wake_at is not null",
                        unit.tenant(),
                        turn)
                .replaceWithVoid();
    }

    private Uni<Void> takeOver(Work work) {
        return transactions
                .run(
                        "turn.take-over",
                        origin(work),
                        unit -> Journal.lock(unit, work.id()).chain(row -> {
                            if (row == null || !(row.state() instanceof TurnState.Thinking thinking))
                                return Uni.createFrom().voidItem();
                            return unit.query(
                                            Boolean.class,
                                            "select " + NOBODY_HOLDS + " from turn where tenant = ?1 and id = ?2",
                                            unit.tenant(),
                                            work.id())
                                    .chain(expired -> expired.getFirst()
                                            ? flow.takeOver(unit, row, thinking)
                                            : Uni.createFrom().voidItem());
                        }))
                .onFailure()
                .recoverWithUni(failure -> broken(work, failure));
    }

    @Override
    public void began(ModelCalls.UnderWay call, Uni<ModelAnswer> answer) {
        held.began(call);
        Cancellable running = answer.onTermination()
                .invoke(() -> held.ended(call))
                .chain(said -> transactions.run("model.answered", call.origin(), unit -> answered(unit, call, said)))
                .subscribe()
                .with(
                        _ -> queued.nudge(),
                        failure -> LOG.errorf(
                                failure,
                                "model.outcome-not-stored turn=%s",
                                call.row().id()));
        held.breaksOffBy(call, running);
    }

    /** What a holder brings that has lost its lease meanwhile is thrown away. */
    private Uni<Void> answered(UnitOfWork unit, ModelCalls.UnderWay call, ModelAnswer answer) {
        String outcome = answer instanceof ModelAnswer.Failed(String code, String _) ? code : "ok";
        return Journal.lock(unit, call.row().id()).chain(row -> {
            if (row == null || row.fence() != call.fence()) {
                fenced.increment();
                return Uni.createFrom().voidItem();
            }
            unit.audit("model.called", call.model(), outcome, null);
            return Steps.ended(unit, row.id(), call.step(), outcome, null)
                    .chain(() -> flow.on(
                            unit, row.id(), locked -> event(locked.input().language(), call, answer)))
                    .replaceWithVoid();
        });
    }

    private static TurnEvent event(String language, ModelCalls.UnderWay call, ModelAnswer answer) {
        return switch (answer) {
            case ModelAnswer.Said said -> new TurnEvent.ModelAnswered(call.attempt(), said.text(), said.calls());
            case ModelAnswer.Failed(String code, String detail) ->
                new TurnEvent.ModelFailed(
                        call.attempt(), code, Phrases.in(language).modelFailure(code, call.model(), detail));
        };
    }

    /** A database that is away is no fault of the turn's. A fault of ours: tried again a few times, then its person is told and the cause is a dead letter. */
    private Uni<Void> broken(Work work, Throwable failure) {
        if (DatabaseFaults.isAway(failure)) {
            LOG.warnf("turn.put-off tenant=%s turn=%s cause=%s", work.tenant(), work.id(), failure);
            return Uni.createFrom().voidItem();
        }
        LOG.errorf(failure, "turn.failed tenant=%s turn=%s", work.tenant(), work.id());
        return transactions.run(
                "turn.broken",
                origin(work),
                unit -> Journal.failed(unit, work.id())
                        .chain(failures ->
                                failures < MAX_FAILURES ? Uni.createFrom().voidItem() : giveUp(unit, work, failure)));
    }

    private Uni<Void> giveUp(UnitOfWork unit, Work work, Throwable failure) {
        String cause = failure.getClass().getSimpleName() + ": " + message(failure);
        return unit.publish(
                        Topic.DEAD_LETTER,
                        Ids.derive(work.id(), "dead"),
                        new DeadLetter(
                                Topic.MESSAGE_RECEIVED.topicName(),
                                "agent",
                                work.tenant(),
                                Map.of("turn", work.id()),
                                "",
                                cause.length() > 1_000 ? cause.substring(0, 1_000) : cause,
                                Instant.now()))
                .chain(() -> flow.on(unit, work.id(), _ -> new TurnEvent.Broken(cause)))
                .replaceWithVoid();
    }

    private static @Nullable String message(Throwable failure) {
        return failure.getMessage();
    }
}
