package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GoalTest {
    @Test
    void a_limit_itself_meets_the_goal() {
        assertTrue(Goal.atMost("p50", 8, 8).met());
        assertTrue(Goal.atLeast("", 100, 100).met());
    }

    @Test
    void beyond_the_limit_it_is_missed() {
        assertFalse(Goal.atMost("p50", 8, 8.01).met());
        assertFalse(Goal.atLeast("", 100, 99.9).met());
    }

    @Test
    void what_could_not_be_measured_misses_every_goal() {
        assertFalse(Goal.atMost("", 8, Double.NaN).met());
        assertFalse(Goal.atLeast("", 8, Double.NaN).met());
    }

    @Test
    void it_reads_as_one_would_write_it() {
        assertEquals("p50 <= 8", Goal.atMost("p50", 8, 1).text());
        assertEquals(">= 0.5", Goal.atLeast("", 0.5, 1).text());
    }
}
