package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.launcher.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoneServiceTest {
    @Test
    void a_process_is_known_by_its_command_its_variables_and_its_folder(@TempDir Path folder) throws Exception {
        Path real = folder.toRealPath();
        ProcessBuilder builder = new ProcessBuilder("sleep", "30").directory(real.toFile());
        builder.environment().clear();
        builder.environment().put("CHELA_INSTANCE", "agent=1");
        Process process = builder.start();
        try {
            LoneService found = LoneService.of("agent-service", process.pid(), 1);
            assertEquals(List.of("sleep", "30"), found.command());
            assertEquals(Map.of("CHELA_INSTANCE", "agent=1"), found.environment());
            assertEquals(real, found.folder());
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void one_that_ends_by_itself_is_told_with_its_last_words(@TempDir Path folder) {
        LoneService broken = new LoneService(
                "agent-service", List.of("/bin/sh", "-c", "echo no database; exit 4"), Map.of(), folder, 1);
        Problem problem = assertThrows(Problem.class, broken::start);
        String reason = Problem.reason(problem);
        assertTrue(reason.startsWith("agent-service ended with exit code 4"), reason);
    }

    @Test
    void the_line_of_a_start_is_the_same_natively() {
        assertTrue(
                LoneService.saysStarted(
                        "{\"message\":\"chela-agent 0.1.0-SNAPSHOT native (powered by Quarkus 3.34.2) started in 0.016s. Listening\"}"));
        assertFalse(LoneService.saysStarted("{\"message\":\"a lane was started in 3 s\"}"));
    }
}
