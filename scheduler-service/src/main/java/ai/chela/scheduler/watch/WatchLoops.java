package ai.chela.scheduler.watch;

import ai.chela.kit.work.WorkLoop;
import ai.chela.scheduler.config.SchedulerConfig;
import ai.chela.scheduler.due.DueWork;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Finds requests for watches and due checks, and has them done. */
@ApplicationScoped
public class WatchLoops {
    private static final Duration SCAN = Duration.ofSeconds(1);

    private final HeldLeases leases;
    private final WorkLoop asked;
    private final WorkLoop checks;

    public WatchLoops(
            DueWork due,
            WatchFlow flow,
            CheckFlow checkFlow,
            WatchSignals signals,
            HeldLeases leases,
            Vertx vertx,
            SchedulerConfig config) {
        this.leases = leases;
        this.asked = new WorkLoop("watch.admit", vertx, SCAN, 4, due::askedWatches, flow::admit);
        this.checks = new WorkLoop("watch.check", vertx, SCAN, config.checksAtOnce(), due::checks, checkFlow::check);
        signals.listen(asked::nudge, checks::nudge);
    }

    /** Answers requests; needs nothing but the database. */
    public void startAdmitting() {
        leases.start();
        asked.start();
    }

    /** Starts checking; to be called when the owners are known. */
    public void startChecking() {
        checks.start();
    }

    /** Takes no more; what is under way is another instance's at once. */
    public void stop() {
        asked.stop();
        checks.stop();
        leases.stop();
    }
}
