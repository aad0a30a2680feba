package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.launcher.bench.ProcessorTime.Stat;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    private final Map<Long, Stat> all = new HashMap<>();
    private final Map<Long, String> roots = new LinkedHashMap<>();

    private void process(long pid, long parent, long ticks) {
        all.put(pid, new Stat(pid, parent, ticks));
    }

    @Test
    void the_time_of_a_process_is_its_own_and_that_of_the_children_it_has_waited_for() {
        String line = "2123 (a (strange) name) S 1972 2123 1972 0 -1 4194560 51 2 0 0 100 20 3 4 20 0 40 0 24000 1 2 3";
        assertEquals(new Stat(2123, 1972, 127), Stat.of(line));
    }

    @Test
    void a_child_counts_for_the_process_of_the_stack_that_it_descends_from() {
        roots.put(10L, "launcher");
        roots.put(20L, "postgres");
        process(10, 1, 5);
        process(20, 10, 7);
        process(30, 20, 11);
        process(31, 30, 13);
        assertEquals(
                Map.of("launcher", 50.0, "postgres", 310.0),
                ProcessorTime.of(all, roots).millis());
    }

    @Test
    void what_does_not_belong_to_the_stack_does_not_count() {
        roots.put(20L, "postgres");
        process(1, 0, 100);
        process(40, 1, 100);
        assertEquals(Map.of("postgres", 0.0), ProcessorTime.of(all, roots).millis());
    }

    @Test
    void what_was_used_is_the_difference_divided() {
        ProcessorTime before = new ProcessorTime(Map.of("kafka", 100.0));
        ProcessorTime after = new ProcessorTime(Map.of("kafka", 140.0, "postgres", 20.0));
        assertEquals(Map.of("kafka", 4.0, "postgres", 2.0), after.since(before, 10));
    }
}
