package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionsTest {
    @Test
    void the_load_is_that_of_the_last_minute() {
        assertEquals(0.57, Conditions.load("0.57 1.48 2.94 3/310 31732\n"));
    }

    @Test
    void every_write_to_the_disk_is_timed_and_nothing_is_left(@TempDir Path folder) throws IOException {
        assertEquals(200, DiskSync.writes(folder).count());
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void fires_are_due_evenly() {
        Instant first = Instant.parse("2026-11-21T10:00:00Z");
        assertEquals(Instant.parse("2026-11-21T10:00:01.005Z"), StoredTriggers.due(first, 201, 200));
    }
}
