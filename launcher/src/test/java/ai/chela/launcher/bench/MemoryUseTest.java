package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryUseTest {
    @Test
    void resident_and_proportional_memory_are_read() {
        List<String> rollup = List.of(
                "00400000-7fff1a5fe000 ---p 00000000 00:00 0                          [rollup]",
                "Rss:              125376 kB",
                "Pss:               98304 kB",
                "Pss_Dirty:         90000 kB",
                "Shared_Clean:      30000 kB");
        assertEquals(new MemoryUse(125_376 * 1024, 98_304 * 1024), MemoryUse.of(rollup));
    }

    @Test
    void a_kernel_that_does_not_tell_is_not_taken_for_no_memory() {
        assertThrows(IllegalArgumentException.class, () -> MemoryUse.of(List.of("Rss: 1 kB")));
    }

    @Test
    void children_are_added() {
        assertEquals(new MemoryUse(4, 6), new MemoryUse(1, 2).plus(new MemoryUse(3, 4)));
    }
}
