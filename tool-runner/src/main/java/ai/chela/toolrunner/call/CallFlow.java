package ai.chela.toolrunner.call;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.tool.ToolCompleted;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.fault.CrashPoint;
import ai.chela.kit.fault.CrashPoints;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import ai.chela.kit.work.Ticker;
import ai.chela.kit.work.WorkLoop;
import ai.chela.toolrunner.config.ToolRunnerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * The way of a call: taken in, taken up under a short lease that is renewed while its tool runs, run on a worker thread,
 * finished under its fence.
 */
@ApplicationScoped
public class CallFlow {
    private static final Logger LOG = Logger.getLogger(CallFlow.class);
    private static final Duration SCAN = Duration.ofSeconds(1);
    /** With the scan of whoever takes over it makes less than the five seconds in which a killed instance is replaced. */
    private static final Duration LEASE = Duration.ofMillis(3_500);
    /** Often enough that a renewal may come late by a pause of two and a half seconds. */
    private static final Duration RENEWAL = Duration.ofMillis(700);

    private static final Duration HOUSEKEEPING = Duration.ofHours(1);
    /** Longer than Kafka keeps a request, so that a late copy finds its call. */
    private static final Duration KEPT = Duration.ofHours(96);
    /** How long a stop waits for what runs; with {@link #TO_HAND_OVER} within the time that a service has to stop. */
    private static final Duration TO_FINISH = Duration.ofSeconds(4);
    /** For ending what was interrupted, and for giving it back. */
    private static final Duration TO_HAND_OVER = Duration.ofSeconds(3);
    /** A result is kept in memory for so long while the database is away. */
    private static final Duration KEEP_TRYING = Duration.ofSeconds(90);

    /** They take milliseconds; more at once would only wait for processors. */
    private static final int QUICK_AT_ONCE = 4;

    private final CallStore store;
    private final Transactions transactions;
    private final CallRunner runner;
    private final MeterRegistry meters;
    private final Counter fenced;
    private final HeldCalls held = new HeldCalls();
    private final Places quick;
    private final Places lengthy;
    private final Ticker renewal;
    private final Ticker housekeeping;

    /**
     * Where the calls of a lane run.
     *
     * @param most how many at once
     * @param share how many of them for one person
     */
    private record Places(Lane lane, int most, int share, ExecutorService workers, WorkLoop loop) {}

    public CallFlow(
            CallStore store,
            Transactions transactions,
            CallRunner runner,
            MeterRegistry meters,
            ToolRunnerConfig config,
            Vertx vertx) {
        this.store = store;
        this.transactions = transactions;
        this.runner = runner;
        this.meters = meters;
        this.quick = places(Lane.QUICK, QUICK_AT_ONCE, QUICK_AT_ONCE, vertx);
        this.lengthy = places(Lane.LONG, config.parallel(), (config.parallel() + 1) / 2, vertx);
        this.renewal = new Ticker("tool.renewal", vertx, RENEWAL, this::renew);
        this.housekeeping = new Ticker("tool.housekeeping", vertx, HOUSEKEEPING, () -> store.removeFinished(KEPT));
        this.fenced = meters.counter("tool.results.fenced");
        meters.gauge("tool.running", held, HeldCalls::size);
    }

    private Places places(Lane lane, int most, int share, Vertx vertx) {
        String name = "tool-" + lane.name().toLowerCase(Locale.ROOT);
        return new Places(
                lane,
                most,
                share,
                Executors.newFixedThreadPool(
                        most, Thread.ofPlatform().daemon().name(name + "-", 1).factory()),
                new WorkLoop(name, vertx, SCAN, most, room -> due(lane, room), this::run));
    }

    private Places places(Lane lane) {
        return switch (lane) {
            case QUICK -> quick;
            case LONG -> lengthy;
        };
    }

    void start(@Observes StartupEvent event) {
        quick.loop().start();
        lengthy.loop().start();
        renewal.start();
        housekeeping.start();
    }

    /** What has not begun is given back at once; what runs has its few seconds, and is then ended and handed over. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        quick.loop().stop();
        lengthy.loop().stop();
        housekeeping.stop();
        giveBack(held.close());
        if (!held.awaitNone(TO_FINISH)) {
            LOG.warnf("tool.interrupted running=%d", held.size());
            held.interruptAll();
            if (!held.awaitNone(TO_HAND_OVER)) LOG.warnf("tool.abandoned running=%d", held.size());
        }
        renewal.stop();
        quick.workers().shutdownNow();
        lengthy.workers().shutdownNow();
    }

    private void giveBack(List<Call> calls) {
        if (calls.isEmpty()) return;
        try {
            store.release(calls, false).await().atMost(TO_HAND_OVER);
        } catch (RuntimeException failure) {
            LOG.warnf("tool.not-given-back calls=%d cause=%s", calls.size(), failure.toString());
        }
    }

    /** Takes a request in, within the transaction of its record; when there is room it is taken up by the same statement. */
    public Uni<Void> take(UnitOfWork unit, Received<ToolRequested> received) {
        Places places = places(runner.lane(received.payload().tool()));
        if (!room(places, unit.origin())) {
            unit.afterCommit(places.loop()::nudge);
            return store.add(unit, received.payload(), unit.origin(), places.lane());
        }
        long until = System.nanoTime() + LEASE.toNanos();
        return store.addTaken(unit, received.payload(), unit.origin(), places.lane(), LEASE)
                .invoke(taken -> taken.ifPresent(call -> unit.afterCommit(() -> takenIn(call, places, until))))
                .invoke(() -> CrashPoints.reach(CrashPoint.LEASE_BEFORE))
                .replaceWithVoid();
    }

    private boolean room(Places places, Origin origin) {
        return held.size(places.lane()) < places.most() && held.size(places.lane(), origin) < places.share();
    }

    private void takenIn(Call call, Places places, long until) {
        CrashPoints.reach(CrashPoint.LEASE_AFTER);
        conduct(call, until).subscribe().with(_ -> places.loop().nudge(), failure -> {
            LOG.errorf(failure, "tool.run.failed call=%s", call.request().callId());
            places.loop().nudge();
        });
    }

    private Uni<List<WorkLoop.Work>> due(Lane lane, int most) {
        Places places = places(lane);
        int room = places.most() - held.size(lane);
        return room <= 0 ? Uni.createFrom().item(List.of()) : store.due(lane, Math.min(most, room), places.share());
    }

    private Uni<Void> run(WorkLoop.Work work) {
        Origin scan = Origin.first(work.tenant(), Principal.service("tool-runner"), null);
        long until = System.nanoTime() + LEASE.toNanos();
        return transactions
                .run(
                        "tool.take",
                        scan,
                        unit -> store.take(unit, work.id(), LEASE)
                                .invoke(() -> CrashPoints.reach(CrashPoint.LEASE_BEFORE)))
                .invoke(() -> CrashPoints.reach(CrashPoint.LEASE_AFTER))
                .chain(taken -> taken.map(call -> conduct(call, until))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> conduct(Call call, long until) {
        return held.add(call, runner.lane(call.request().tool()), until)
                .map(hold ->
                        onWorker(hold).chain(ended -> conclude(hold, ended)).eventually(() -> held.remove(hold)))
                .orElseGet(() -> store.release(List.of(call), false));
    }

    /** How a worker left a call. */
    private sealed interface Ended {
        record NotBegun() implements Ended {}

        record Interrupted() implements Ended {}

        record Completed(ToolCompleted result) implements Ended {}
    }

    private Uni<Ended> onWorker(Hold hold) {
        return Uni.createFrom()
                .item(() -> ended(hold))
                .runSubscriptionOn(places(hold.lane()).workers());
    }

    private Ended ended(Hold hold) {
        if (!hold.begin()) return new Ended.NotBegun();
        try {
            return new Ended.Completed(runner.run(hold.call()));
        } catch (InterruptedException _) {
            return new Ended.Interrupted();
        } finally {
            hold.end();
        }
    }

    private Uni<Void> conclude(Hold hold, Ended ended) {
        Call call = hold.call();
        if (hold.isLost() && !(ended instanceof Ended.NotBegun)) return lost(call);
        return switch (ended) {
            case Ended.NotBegun _ -> store.release(List.of(call), false);
            case Ended.Interrupted _ -> store.release(List.of(call), true);
            case Ended.Completed(var result) ->
                finish(call, result)
                        .onFailure()
                        .retry()
                        .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(1))
                        .expireIn(KEEP_TRYING.toMillis());
        };
    }

    private Uni<Void> finish(Call call, ToolCompleted completed) {
        String outcome = outcome(completed);
        return transactions
                .run(
                        "tool.finish",
                        call.origin(),
                        unit -> store.finish(unit, call, outcome)
                                .chain(own -> own ? publish(unit, call, completed, outcome) : lost(call))
                                .invoke(() -> CrashPoints.reach(CrashPoint.TOOL_RESULT_BEFORE)))
                .invoke(() -> CrashPoints.reach(CrashPoint.TOOL_RESULT_AFTER));
    }

    private Uni<Void> publish(UnitOfWork unit, Call call, ToolCompleted completed, String outcome) {
        unit.afterCommit(() -> count(call, completed, outcome));
        unit.audit("tool.called", call.request().tool(), outcome, WireJson.text(call.request()));
        String cause = call.origin().cause() == null
                ? call.request().callId()
                : call.origin().cause();
        return unit.publish(
                Topic.TOOL_COMPLETED,
                Ids.derive(cause, "completed", call.request().callId()),
                completed);
    }

    /** Another holder took the call over: it is the one who answers. */
    private Uni<Void> lost(Call call) {
        LOG.warnf("tool.lost call=%s fence=%d", call.request().callId(), call.fence());
        fenced.increment();
        return Uni.createFrom().voidItem();
    }

    private void count(Call call, ToolCompleted completed, String outcome) {
        String tool = runner.known(call.request().tool());
        meters.counter("tool.calls", "tool", tool, "outcome", outcome).increment();
        meters.timer("tool.run", "tool", tool).record(Duration.ofMillis(completed.millis()));
    }

    /** One statement for all calls, however many: a call costs no statement of its own while it runs. */
    private Uni<Void> renew() {
        Set<Call.Key> calls = held.keys();
        if (calls.isEmpty()) return Uni.createFrom().voidItem();
        long until = System.nanoTime() + LEASE.toNanos();
        return store.renew(calls, LEASE)
                .ifNoItem()
                .after(LEASE)
                .fail()
                .invoke(kept -> held.renewed(calls, kept, until))
                .replaceWithVoid();
    }

    private static String outcome(ToolCompleted completed) {
        return switch (completed) {
            case ToolCompleted.Succeeded _ -> "ok";
            case ToolCompleted.Failed _ -> "failed";
            case ToolCompleted.Refused _ -> "refused";
            case ToolCompleted.Unknown _ -> "unknown";
        };
    }
}
