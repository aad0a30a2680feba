package ai.chela.kit.work;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does something again and again, never twice at the same time: some time after it was last done, and at once when
 * {@linkplain #nudge() nudged}. A failure is logged and tried again at the next tick. Thread-safe.
 */
public final class Ticker {
    private static final Logger LOG = Logger.getLogger(Ticker.class);

    private final String name;
    private final Vertx vertx;
    private final long pauseMillis;
    private final Supplier<Uni<Void>> task;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile long timer = -1;
    private volatile boolean stopped = true;

    /**
     * @param name for the log
     * @param pause between the end of one run and the start of the next, at least 1 ms
     * @param task runs on an event loop and must not block
     */
    public Ticker(String name, Vertx vertx, Duration pause, Supplier<Uni<Void>> task) {
        this.name = name;
        this.vertx = vertx;
        this.pauseMillis = Math.max(1, pause.toMillis());
        this.task = task;
    }

    /** Starts ticking; the first run is at once. */
    public void start() {
        stopped = false;
        nudge();
    }

    /** No run starts after this; one that is under way goes on. */
    public void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    /** Runs as soon as possible: now, or right after the run that is under way. */
    public void nudge() {
        if (stopped) return;
        again.set(true);
        if (running.compareAndSet(false, true)) vertx.getOrCreateContext().runOnContext(_ -> run());
    }

    private void run() {
        again.set(false);
        vertx.cancelTimer(timer);
        Uni.createFrom()
                .deferred(task::get)
                .onFailure()
                .invoke(failure -> LOG.warnf("%s.failed cause=%s", name, failure.toString()))
                .onFailure()
                .recoverWithNull()
                .subscribe()
                .with(_ -> next());
    }

    private void next() {
        running.set(false);
        if (stopped) return;
        if (again.get()) nudge();
        else timer = vertx.setTimer(pauseMillis, _ -> nudge());
    }
}
