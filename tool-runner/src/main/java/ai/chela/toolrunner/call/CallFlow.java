package ai.chela.toolrunner.call;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.tool.ToolCompleted;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import ai.chela.kit.work.Ticker;
import ai.chela.kit.work.WorkLoop;
import ai.chela.toolrunner.config.ToolRunnerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The way of a call: taken in, taken up, run on a worker thread, finished under its fence. */
@ApplicationScoped
public class CallFlow {
    private static final Logger LOG = Logger.getLogger(CallFlow.class);
    private static final Duration SCAN = Duration.ofSeconds(1);
    private static final Duration HOUSEKEEPING = Duration.ofHours(1);
    /** Longer than Kafka keeps a request, so that a late copy finds its call. */
    private static final Duration KEPT = Duration.ofHours(96);
    /** Within the time that a service has to stop. */
    private static final Duration TO_FINISH = Duration.ofSeconds(5);

    private final CallStore store;
    private final Transactions transactions;
    private final CallRunner runner;
    private final MeterRegistry meters;
    private final ExecutorService workers;
    private final WorkLoop loop;
    private final Ticker housekeeping;

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
        this.workers = Executors.newFixedThreadPool(
                config.parallel(),
                Thread.ofPlatform().daemon().name("tool-worker-", 1).factory());
        this.loop = new WorkLoop("tool.run", vertx, SCAN, config.parallel(), store::due, this::run);
        this.housekeeping = new Ticker("tool.housekeeping", vertx, HOUSEKEEPING, () -> store.removeFinished(KEPT));
        meters.gauge("tool.running", loop, WorkLoop::underWay);
    }

    void start(@Observes StartupEvent event) {
        store.releaseOwn()
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .indefinitely()
                .subscribe()
                .with(_ -> {
                    loop.start();
                    housekeeping.start();
                });
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
        housekeeping.stop();
        workers.shutdown();
        if (workers.awaitTermination(TO_FINISH.toMillis(), TimeUnit.MILLISECONDS)) return;
        // What is interrupted commits nothing; the next holder says "outcome unknown" or runs it again.
        LOG.warnf("tool.interrupted running=%d", loop.underWay());
        workers.shutdownNow();
    }

    /** Takes a request in, within the transaction of its record. */
    public Uni<Void> take(UnitOfWork unit, Received<ToolRequested> received) {
        unit.afterCommit(loop::nudge);
        return store.add(unit, received.payload(), unit.origin());
    }

    private Uni<Void> run(WorkLoop.Work work) {
        Origin scan = Origin.first(work.tenant(), Principal.service("tool-runner"), null);
        return transactions
                .run("tool.take", scan, unit -> store.take(unit, work.id(), runner.lease()))
                .chain(taken -> taken.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : onWorker(taken.get()).chain(result -> finish(taken.get(), result)));
    }

    private Uni<ToolCompleted> onWorker(Call call) {
        return Uni.createFrom()
                .<ToolCompleted>emitter(emitter -> {
                    try {
                        emitter.complete(runner.run(call));
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                        emitter.fail(stopped);
                    }
                })
                .runSubscriptionOn(workers);
    }

    private Uni<Void> finish(Call call, ToolCompleted completed) {
        String outcome = outcome(completed);
        String tool = runner.known(call.request().tool());
        meters.counter("tool.calls", "tool", tool, "outcome", outcome).increment();
        meters.timer("tool.run", "tool", tool).record(Duration.ofMillis(completed.millis()));
        return transactions.run(
                "tool.finish",
                call.origin(),
                unit -> store.finish(unit, call, outcome)
                        .chain(own -> own ? publish(unit, call, completed, outcome) : lost(call)));
    }

    private static Uni<Void> publish(UnitOfWork unit, Call call, ToolCompleted completed, String outcome) {
        unit.audit("tool.called", call.request().tool(), outcome, WireJson.text(call.request()));
        String cause = call.origin().cause() == null
                ? call.request().callId()
                : call.origin().cause();
        return unit.publish(
                Topic.TOOL_COMPLETED,
                Ids.derive(cause, "completed", call.request().callId()),
                completed);
    }

    private static Uni<Void> lost(Call call) {
        LOG.warnf("tool.lost call=%s fence=%d", call.request().callId(), call.fence());
        return Uni.createFrom().voidItem();
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
