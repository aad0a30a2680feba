package ai.chela.scheduler.due;

import ai.chela.kit.work.WorkLoop;
import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.scheduler.config.SchedulerConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds due triggers and has them fired. It scans every second, looks two seconds ahead, and sets a timer to the soonest
 * due time it sees, so that a fire waits for no scan. What is due is said by the clock of the database, which is one for all
 * instances; theirs only time the looking. Another instance's new trigger is seen by the next scan.
 */
@ApplicationScoped
public class DueLoop {
    private static final Duration SCAN = Duration.ofSeconds(1);
    private static final Duration AHEAD = Duration.ofSeconds(2);

    private record Alarm(Instant at, long timer) {}

    private final DueWork due;
    private final Vertx vertx;
    private final WorkLoop loop;
    private final AtomicReference<@Nullable Alarm> alarm = new AtomicReference<>();

    public DueLoop(DueWork due, DueFlow flow, Vertx vertx, SchedulerConfig config) {
        this.due = due;
        this.vertx = vertx;
        this.loop = new WorkLoop("trigger.fire", vertx, SCAN, config.firesAtOnce(), this::scan, flow::fire);
    }

    /** Starts firing; to be called when the owners are known. */
    public void start() {
        loop.start();
    }

    public void stop() {
        loop.stop();
    }

    /** Something becomes due at about this time: the loop wakes up for it. */
    public void expect(Instant at) {
        long millis = Duration.between(Instant.now(), at).toMillis() + 1;
        if (millis <= 1) loop.nudge();
        else if (millis <= AHEAD.toMillis()) wake(at, millis);
    }

    private Uni<List<Work>> scan(int limit) {
        return due.triggers(AHEAD, limit + 1).map(upcoming -> {
            upcoming.stream()
                    .filter(u -> u.inMillis() > 0)
                    .findFirst()
                    .ifPresent(u -> expect(Instant.now().plusMillis(u.inMillis())));
            return upcoming.stream()
                    .filter(u -> u.inMillis() == 0)
                    .map(DueWork.Upcoming::work)
                    .toList();
        });
    }

    /** Keeps one timer, to the soonest time; one that has rung is replaced by the next. */
    private void wake(Instant at, long millis) {
        Alarm set = alarm.get();
        if (set != null && set.at().isAfter(Instant.now()) && !set.at().isAfter(at)) return;
        Alarm fresh = new Alarm(at, vertx.setTimer(millis, _ -> loop.nudge()));
        if (!alarm.compareAndSet(set, fresh)) return;
        if (set != null) vertx.cancelTimer(set.timer());
    }
}
