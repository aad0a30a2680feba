package ai.chela.system.fault;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Pauses that belong to what is simulated: people who think, clients that try again, processes that stand still. */
final class Pause {
    private Pause() {}

    /** Between two attempts to reach a gateway. */
    static void briefly() {
        of(Duration.ofMillis(150));
    }

    static void of(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) LockSupport.parkNanos(left);
    }
}
