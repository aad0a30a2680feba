package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies hundred = Latencies.of(
            IntStream.rangeClosed(1, 100).mapToDouble(it -> 101 - it).toArray());

    @Test
    void percentiles_are_by_nearest_rank() {
        assertEquals(50, hundred.percentile(50));
        assertEquals(99, hundred.percentile(99));
        assertEquals(100, hundred.percentile(100));
    }

    @Test
    void without_a_value_there_is_no_percentile() {
        assertTrue(Double.isNaN(Latencies.of().percentile(50)));
    }

    @Test
    void the_distribution_counts_every_value_once() {
        assertEquals(
                "{<2 ms=1, <5 ms=3, <10 ms=5, <20 ms=10, <50 ms=30, <100 ms=50, <200 ms=1}",
                hundred.distribution().toString());
    }

    @Test
    void what_came_before_it_was_due_is_in_the_first_class() {
        assertEquals(
                "{<1 ms=1, >=5000 ms=1}", Latencies.of(-3, 7_000).distribution().toString());
    }
}
