package ai.chela.system.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thirty halts at named crash points of all services, under load: nothing is lost, doubled or out of order.
 * {@code ./chela test --faults --kills 44 --points} reaches every point.
 */
@Order(Integer.MAX_VALUE)
class FaultTest {
    private static final int KILLS = 30;
    private static final int TALKS = 40;

    /** The run ends by itself: faults, what is under way after them, and the comparison each have a limit of their own. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void halts_at_named_crash_points_lose_and_double_nothing() throws IOException {
        Options options = new Options(KILLS, 3, Duration.ofMinutes(8), TALKS, true, false, false, Set.of(), Set.of());
        assertTrue(Faults.run(options, Path.of(System.getProperty("chela.root", "..")), System.out));
    }
}
