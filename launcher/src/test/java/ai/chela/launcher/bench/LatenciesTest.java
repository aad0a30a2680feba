package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies hundred = Latencies.of(
            IntStream.rangeClosed(1, 100).mapToDouble(it -> 101 - it).toArray(), 102);

    @Test
    void percentiles_are_by_nearest_rank() {
        assertEquals(50, hundred.percentile(50));
        assertEquals(99, hundred.percentile(99));
        assertEquals(100, hundred.percentile(100));
    }

    @Test
    void what_was_not_answered_is_lost() {
        assertEquals(2, hundred.lost());
    }

    @Test
    void the_distribution_counts_every_answer_once() {
        assertEquals("<5 ms: 4, <10 ms: 5, <20 ms: 10, <50 ms: 30, <100 ms: 50, <200 ms: 1", hundred.distribution());
    }
}
