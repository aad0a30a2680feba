package ai.chela.system.stack;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a condition, never for a length of time. */
public final class Await {
    /** Long enough for a slow machine on which others build; a test that succeeds never waits so long. */
    public static final Duration LONG = Duration.ofSeconds(120);

    private static final long PAUSE_NANOS = Duration.ofMillis(30).toNanos();

    private Await() {}

    /**
     * The value, once it is there.
     *
     * @param what completes the sentence "... did not come within 120 s"
     * @throws AssertionError when it is not there in time
     */
    public static <T> T value(String what, Duration limit, Supplier<Optional<T>> source) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> found = source.get();
            if (found.isPresent()) return found.get();
            if (System.nanoTime() - end > 0)
                throw new AssertionError(what + " did not come within " + limit.toSeconds() + " s");
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Returns once it is true. */
    public static void until(String what, BooleanSupplier condition) {
        value(what, LONG, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }
}
