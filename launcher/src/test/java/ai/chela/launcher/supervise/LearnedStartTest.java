package ai.chela.launcher.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedStartTest {
    @TempDir
    Path folder;

    @Test
    void a_jvm_that_has_learned_nothing_starts_without() {
        assertEquals(List.of("-XX:TieredStopAtLevel=1"), start(Map.of()).options());
    }

    @Test
    void a_jvm_uses_what_it_has_learned() throws IOException {
        Files.createFile(folder.resolve("app.aot"));

        assertTrue(start(Map.of()).options().contains("-XX:AOTCache=" + folder.resolve("app.aot")));
    }

    @Test
    void a_jvm_that_learns_gets_the_time_to_write_it_down() {
        LearnedStart learning = start(Map.of("CHELA_TRAINING", "1"));

        assertTrue(learning.options().contains("-XX:AOTCacheOutput=" + folder.resolve("app.aot")));
        assertEquals(Duration.ofSeconds(120), learning.toStop(Duration.ofSeconds(15)));
    }

    @Test
    void a_jvm_may_be_kept_from_what_it_has_learned() throws IOException {
        Files.createFile(folder.resolve("app.aot"));

        assertEquals(List.of("-XX:TieredStopAtLevel=1"), LearnedStart.none().options());
        assertEquals(Duration.ofSeconds(15), LearnedStart.none().toStop(Duration.ofSeconds(15)));
    }

    private LearnedStart start(Map<String, String> environment) {
        return LearnedStart.at(folder.resolve("app.aot"), environment);
    }
}
