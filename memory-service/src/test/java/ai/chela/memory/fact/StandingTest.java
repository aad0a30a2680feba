package ai.chela.memory.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.MemoryOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Instant TOLD = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void each_night_without_use_takes_its_share() {
        assertEquals(1, plain(0, null, false).strength(0.95, TOLD));
        assertEquals(0.95 * 0.95, plain(0, null, false).strength(0.95, after(2)), 1e-9);
    }

    @Test
    void use_begins_anew_and_slows_what_follows() {
        Standing used = plain(1, after(10), false);
        assertEquals(1, used.strength(0.95, after(10)));
        assertEquals(0.95, used.strength(0.95, after(12)), 1e-9);
    }

    @Test
    void what_is_pinned_does_not_fade() {
        assertEquals(1, plain(0, null, true).strength(0.95, after(1000)));
    }

    @Test
    void it_is_over_from_the_moment_on_that_was_said() {
        Standing standing =
                new Standing(1, MemoryOrigin.SAID, false, TOLD, null, false, false, after(1), 0, null, List.of());
        assertFalse(standing.expired(after(1).minusMillis(1)));
        assertTrue(standing.expired(after(1)));
    }

    private static Instant after(int days) {
        return TOLD.plus(Duration.ofDays(days));
    }

    private static Standing plain(long recalls, @Nullable Instant recalledAt, boolean pinned) {
        return new Standing(
                1, MemoryOrigin.SAID, false, TOLD, null, pinned, false, null, recalls, recalledAt, List.of());
    }
}
