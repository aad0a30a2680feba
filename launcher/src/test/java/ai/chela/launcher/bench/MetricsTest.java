package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics before = new Metrics("""
            # HELP tool_run_seconds Time of a call
            # TYPE tool_run_seconds summary
            tool_run_seconds_count{tool="time.now"} 1.0
            tool_run_seconds_sum{tool="time.now"} 0.006
            tool_run_seconds_count{tool="calc.evaluate"} 2.0
            tool_run_seconds_sum{tool="calc.evaluate"} 0.05
            sandbox_start_seconds_count 1.0
            """);
    private final Metrics after = new Metrics("""
            tool_run_seconds_count{tool="time.now"} 5.0
            tool_run_seconds_sum{tool="time.now"} 0.014
            tool_run_seconds_count{tool="calc.evaluate"} 3.0
            """);

    @Test
    void a_metric_without_labels_is_read() {
        assertEquals(1, before.value("sandbox_start_seconds_count", ""));
    }

    @Test
    void without_a_label_all_of_a_name_are_added() {
        assertEquals(3, before.value("tool_run_seconds_count", ""));
    }

    @Test
    void what_has_not_counted_yet_is_nothing() {
        assertEquals(0, before.value("tool_run_seconds", ""));
    }

    @Test
    void the_mean_is_of_what_was_added_since() {
        assertEquals(2, after.meanMillisSince(before, "tool_run", "tool=\"time.now\""), 0.000_1);
    }

    @Test
    void without_anything_new_there_is_no_mean() {
        assertTrue(Double.isNaN(before.meanMillisSince(before, "tool_run", "")));
    }
}
