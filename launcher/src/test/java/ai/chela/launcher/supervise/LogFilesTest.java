package ai.chela.launcher.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    @Test
    void a_large_log_is_cut_and_its_content_kept_once(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("agent-service.log");
        Files.writeString(log, "one\ntwo\n");
        LogFiles.rotate(folder, 4);
        assertEquals(0, Files.size(log));
        assertEquals("one\ntwo\n", Files.readString(folder.resolve("agent-service.log.1")));
    }

    @Test
    void a_small_log_stays(@TempDir Path folder) throws Exception {
        Path log = Files.writeString(folder.resolve("kafka.log"), "one\n");
        LogFiles.rotate(folder, 4);
        assertEquals("one\n", Files.readString(log));
    }

    @Test
    void the_tail_of_a_log_is_its_last_lines(@TempDir Path folder) throws Exception {
        Path log = Files.writeString(folder.resolve("kafka.log"), "one\ntwo\nthree\n");
        assertEquals(List.of("two", "three"), LogFiles.tail(log, 2));
        assertEquals(List.of(), LogFiles.tail(folder.resolve("none.log"), 2));
    }
}
