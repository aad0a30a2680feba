package ai.chela.memory.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.memory.recall.Hit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrongerFirstTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void of_two_that_answer_alike_the_one_that_is_used_comes_first() {
        Hit old = hit("old", 0.90, 120, false);
        Hit used = hit("used", 0.88, 0, false);
        assertEquals(List.of(used, old), ordered(old, used));
    }

    @Test
    void what_answers_better_stays_first_however_old_it_is() {
        Hit old = hit("old", 0.90, 120, false);
        Hit fresh = hit("fresh", 0.80, 0, false);
        assertEquals(List.of(old, fresh), ordered(old, fresh));
    }

    @Test
    void a_few_days_change_nothing() {
        Hit first = hit("first", 0.90, 2, false);
        Hit second = hit("second", 0.90, 0, false);
        assertEquals(List.of(first, second), ordered(first, second));
    }

    @Test
    void what_is_pinned_is_as_strong_as_on_its_first_day() {
        Hit pinned = hit("pinned", 0.90, 300, true);
        Hit fresh = hit("fresh", 0.90, 0, false);
        assertEquals(List.of(pinned, fresh), ordered(pinned, fresh));
    }

    @Test
    void what_is_no_answer_never_comes_before_one() {
        Hit old = hit("old", 0.69, 120, false);
        Hit fresh = hit("fresh", 0.66, 0, false);
        assertEquals(List.of(old, fresh), ordered(old, fresh));
    }

    private static List<Hit> ordered(Hit... hits) {
        return StrongerFirst.among(List.of(hits), 0.68, 0.95, NOW);
    }

    private static Hit hit(String id, double score, int daysUnused, boolean pinned) {
        Instant told = NOW.minus(Duration.ofDays(daysUnused));
        Standing standing =
                new Standing(1, MemoryOrigin.SAID, false, told, null, pinned, false, null, 0, null, List.of());
        return new Hit(new Fact(id, id, 1, new Scope.Tenant(), id, "ann", "Ann", "", told, null, standing), score);
    }
}
