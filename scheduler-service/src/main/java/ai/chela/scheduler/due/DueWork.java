package ai.chela.scheduler.due;

import ai.chela.kit.work.WorkLoop.Work;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** What is due across tenants: ids and times only. */
public interface DueWork {
    /** A trigger and in how many milliseconds it is to be looked at, by the clock of the store; 0 is now. */
    record Upcoming(Work work, long inMillis) {}

    /** Triggers to be looked at from now to {@code ahead}, soonest first. */
    Uni<List<Upcoming>> triggers(Duration ahead, int limit);

    /** Watches whose check is due and under no lease. */
    Uni<List<Work>> checks(int limit);

    /** Requests for watches that wait for their answer, under no lease. */
    Uni<List<Work>> askedWatches(int limit);

    /** How many reminders and watches are active, in all tenants. */
    Uni<Long> active();

    /** Deletes triggers that ended longer ago than {@code age}; how many. */
    Uni<Integer> forgetEnded(Duration age);
}
