package ai.chela.scheduler.due;

import ai.chela.kit.work.WorkLoop.Work;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** What is due across tenants: ids and times only. */
public interface DueWork {
    /** A trigger and when it is to be looked at. */
    record Upcoming(Work work, Instant wakeAt) {}

    /** Triggers to be looked at until {@code horizon}, soonest first. */
    Uni<List<Upcoming>> triggers(Instant horizon, int limit);

    /** Watches whose check is due and under no lease. */
    Uni<List<Work>> checks(Instant now, int limit);

    /** Requests for watches that wait for their answer, under no lease. */
    Uni<List<Work>> askedWatches(Instant now, int limit);

    /** How many reminders and watches are active, in all tenants. */
    Uni<Long> active();

    /** Deletes triggers that ended before {@code before}; how many. */
    Uni<Integer> forgetEnded(Instant before);
}
