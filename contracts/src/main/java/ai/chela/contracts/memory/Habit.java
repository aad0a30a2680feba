package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import java.time.Instant;
import java.util.List;

/**
 * How often and when a person asks for something. It says what was done, never what was said.
 *
 * @param operation name of what was done, e.g. {@code host.disk}
 * @param hours how often in each hour of the day in the person's zone, 24 numbers from midnight
 * @param days how often on each day of the week, 7 numbers from Monday
 */
public record Habit(String operation, long count, Instant lastAt, List<Long> hours, List<Long> days) {
    public Habit {
        Check.text("operation", operation, 200);
        Check.present("lastAt", lastAt);
        hours = Check.list("hours", hours);
        days = Check.list("days", days);
        if (hours.size() != 24) throw new IllegalArgumentException("hours: 24 numbers");
        if (days.size() != 7) throw new IllegalArgumentException("days: 7 numbers");
    }
}
