package ai.chela.kit.work;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Takes due work out of the database and does it, a bounded number at once. A scan finds ids across tenants (by the queue
 * role); the handler claims each under its tenant and must find out by itself that another instance was quicker. It scans
 * at an interval, at once when nudged, and whenever a place becomes free. Thread-safe.
 */
public final class WorkLoop {
    private static final Logger LOG = Logger.getLogger(WorkLoop.class);

    /** Something due: a row's tenant and id. */
    public record Work(String tenant, String id) {}

    private final String name;
    private final int parallel;
    private final Function<Integer, Uni<List<Work>>> scan;
    private final Function<Work, Uni<Void>> handler;
    private final Set<Work> underWay = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;
    private volatile boolean stopped = true;

    /**
     * @param name for the log
     * @param pause between scans when nobody nudges
     * @param parallel how much is under way at once, at least 1
     * @param scan finds at most so many rows that are due, most urgent first; rows under way may be among them
     * @param handler claims and does one; a failure is logged, and the row is found again by a later scan
     */
    public WorkLoop(
            String name,
            Vertx vertx,
            Duration pause,
            int parallel,
            Function<Integer, Uni<List<Work>>> scan,
            Function<Work, Uni<Void>> handler) {
        this.name = name;
        this.parallel = parallel;
        this.scan = scan;
        this.handler = handler;
        this.ticker = new Ticker(name, vertx, pause, this::fill);
    }

    public void start() {
        stopped = false;
        ticker.start();
    }

    /** Takes no more; what is under way goes on. */
    public void stop() {
        stopped = true;
        ticker.stop();
    }

    /** Something became due just now. */
    public void nudge() {
        ticker.nudge();
    }

    /** This became due just now: begins it without a scan when a place is free, else a scan finds it in its turn. */
    public void offer(Work work) {
        if (stopped) return;
        if (underWay.size() < parallel) {
            if (underWay.add(work)) begin(work);
        } else {
            ticker.nudge();
        }
    }

    /** How much is under way. */
    public int underWay() {
        return underWay.size();
    }

    private Uni<Void> fill() {
        if (underWay.size() >= parallel) return Uni.createFrom().voidItem();
        return scan.apply(parallel + underWay.size()).invoke(this::take).replaceWithVoid();
    }

    private void take(List<Work> due) {
        for (Work work : due) {
            if (underWay.size() >= parallel) return;
            if (underWay.add(work)) begin(work);
        }
    }

    private void begin(Work work) {
        Uni.createFrom().deferred(() -> handler.apply(work)).subscribe().with(_ -> end(work), failure -> {
            LOG.errorf(failure, "%s.failed tenant=%s id=%s", name, work.tenant(), work.id());
            underWay.remove(work);
        });
    }

    private void end(Work work) {
        underWay.remove(work);
        ticker.nudge();
    }
}
