package ai.chela.launcher.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void the_first_start_waits_for_nothing() {
        assertEquals(Duration.ZERO, Backoff.NONE.delay());
    }

    @Test
    void the_wait_doubles_with_every_death() {
        Backoff once = Backoff.NONE.died(SHORT);
        assertEquals(Duration.ofMillis(200), once.delay());
        assertEquals(Duration.ofMillis(400), once.died(SHORT).delay());
        assertEquals(Duration.ofMillis(800), once.died(SHORT).died(SHORT).delay());
    }

    @Test
    void the_wait_never_exceeds_ten_seconds() {
        assertEquals(Duration.ofSeconds(10), new Backoff(7).delay());
        assertEquals(Duration.ofSeconds(10), new Backoff(1_000_000).delay());
    }

    @Test
    void a_minute_of_life_begins_anew() {
        assertEquals(
                Duration.ofMillis(200),
                new Backoff(6).died(Duration.ofSeconds(60)).delay());
    }
}
