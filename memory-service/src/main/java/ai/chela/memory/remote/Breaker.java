package ai.chela.memory.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps calls away from a service that does not answer well: after some failures in a row it rests, longer each time, then
 * lets a single call through to see. Thread-safe.
 */
public final class Breaker {
    private static final int FAILURES = 5;
    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    /** It never rests longer at once. */
    public static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private final Clock clock;
    private int failures;
    private Duration nextRest = FIRST_REST;
    private Instant restsUntil = Instant.MIN;
    private boolean trying;

    public Breaker(Clock clock) {
        this.clock = clock;
    }

    /** Whether a call may be made now. Who is told so says afterwards how it went. */
    public synchronized boolean mayCall() {
        if (clock.instant().isBefore(restsUntil)) return false;
        boolean closed = failures < FAILURES;
        if (!closed && trying) return false;
        trying = !closed;
        return true;
    }

    /** The call gave what it should. */
    public synchronized void worked() {
        failures = 0;
        trying = false;
        nextRest = FIRST_REST;
    }

    /** It did not. */
    public synchronized void failed() {
        trying = false;
        failures++;
        if (failures < FAILURES) return;
        restsUntil = clock.instant().plus(nextRest);
        Duration twice = nextRest.multipliedBy(2);
        nextRest = twice.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : twice;
    }

    /** The service itself asks for a pause; more than {@link #LONGEST_REST} is not kept. */
    public synchronized void rest(Duration asked) {
        trying = false;
        Duration rest = asked.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : asked;
        Instant until = clock.instant().plus(rest);
        if (until.isAfter(restsUntil)) restsUntil = until;
    }

    /** Whether no call may be made now. */
    public synchronized boolean resting() {
        return clock.instant().isBefore(restsUntil);
    }
}
