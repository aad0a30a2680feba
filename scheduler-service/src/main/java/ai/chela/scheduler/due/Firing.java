package ai.chela.scheduler.due;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be done with a trigger whose time may have come. */
public sealed interface Firing {
    /**
     * A fire that comes later than this after its time says so. Half a minute is more than a restart of the service costs
     * and less than what a person who waits for a reminder would not notice.
     */
    Duration LATE_AFTER = Duration.ofSeconds(30);

    /**
     * How long a due trigger waits for its owner to become known: persons and requests arrive by different topics, in no
     * common order.
     */
    Duration WAIT_FOR_OWNER = Duration.ofSeconds(60);

    /** How soon an unknown owner is looked for again. */
    Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** Not yet. */
    record Waits() implements Firing {}

    /** Its time has come, but who it acts for is not known; look again then. */
    record Holds(Instant until) implements Firing {}

    /**
     * Fires now, once for all that was missed.
     *
     * @param dueAt the newest due time that has passed
     * @param late whether the oldest one that was not served is more than {@link #LATE_AFTER} ago
     * @param missed how many due times before {@code dueAt} were skipped
     * @param next the next regular due time, null when this was the last
     */
    record Fires(
            Instant dueAt,
            boolean late,
            int missed,
            @Nullable Instant next) implements Firing {}

    /** Never fires again; {@code code} says why. */
    record Drops(String code) implements Firing {}

    /** What the owner of a trigger may. */
    enum Owner {
        ACTIVE,
        INACTIVE,
        /** No one of that id was ever told of. */
        UNKNOWN
    }

    /**
     * Decides.
     *
     * @param due the oldest due time that was not served
     */
    static Firing decide(Schedule schedule, Instant due, Instant now, Owner owner) {
        if (due.isAfter(now)) return new Waits();
        return switch (owner) {
            case INACTIVE -> new Drops("owner.inactive");
            case UNKNOWN -> unknown(due, now, schedule.anchor());
            case ACTIVE -> {
                Schedule.Owed owed = schedule.owed(due, now);
                boolean late = Duration.between(due, now).compareTo(LATE_AFTER) > 0;
                yield new Fires(owed.newest(), late, owed.missed(), owed.next());
            }
        };
    }

    private static Firing unknown(Instant due, Instant now, Instant made) {
        Instant patience = (due.isAfter(made) ? due : made).plus(WAIT_FOR_OWNER);
        return now.isAfter(patience) ? new Drops("owner.unknown") : new Holds(now.plus(LOOK_AGAIN));
    }
}
