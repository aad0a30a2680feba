package ai.chela.launcher.supervise;

import java.time.Duration;

/**
 * How long to wait before a dead process is started again: 0.2 s, doubling to 10 s; from the beginning once it has
 * lived for a minute.
 *
 * @param deaths deaths in a row so far
 */
public record Backoff(int deaths) {
    static final Duration FIRST = Duration.ofMillis(200);
    static final Duration LONGEST = Duration.ofSeconds(10);
    static final Duration WELL = Duration.ofSeconds(60);

    public static final Backoff NONE = new Backoff(0);

    /** After one more death of a process that lived this long. */
    public Backoff died(Duration lived) {
        return new Backoff(lived.compareTo(WELL) >= 0 ? 1 : deaths + 1);
    }

    /** The wait before the next start; zero before the first. */
    public Duration delay() {
        if (deaths == 0) return Duration.ZERO;
        Duration doubled = FIRST.multipliedBy(1L << Math.min(deaths - 1, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
