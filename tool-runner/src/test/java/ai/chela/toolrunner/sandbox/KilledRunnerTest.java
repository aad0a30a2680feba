package ai.chela.toolrunner.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KilledRunnerTest {

    @Test
    void no_process_survives_a_runner_killed_with_minus_9_and_the_next_start_sweeps() throws Exception {
        Sandboxes.standard();
        Path home = Files.createTempDirectory("chela-doomed");
        Process runner = runner(home, "setsid sh -c 'trap \"\" TERM HUP; exec sleep 86398.25' & exec sleep 86398.5");
        Processes.awaitPresence("86398.25");
        Processes.awaitPresence("86398.5");
        // not destroyForcibly of a group or a tree: the runner alone, as the kernel or an operator would
        assertTrue(runner.toHandle().destroyForcibly());
        assertTrue(runner.waitFor(10, TimeUnit.SECONDS));
        Processes.awaitAbsence("86398.25");
        Processes.awaitAbsence("86398.5");
        assertEquals(List.of(), leftAfterNextStart(home, runner.pid()));
    }

    private static List<Path> leftAfterNextStart(Path home, long pid) throws IOException, InterruptedException {
        if (SandboxProbe.find(home, SandboxLimits.standard()) instanceof SandboxProbe.Found.Ready ready)
            ready.sandbox().close();
        List<Path> left;
        try (Stream<Path> files = Files.list(home)) {
            left = new java.util.ArrayList<>(files.toList());
        }
        for (Path folder : MountedCgroups.ofThisProcess().ownV1().values())
            try (Stream<Path> groups = Files.list(folder)) {
                groups.filter(group -> group.getFileName().toString().matches("chela-run-\\d+-" + pid + "-.*"))
                        .forEach(left::add);
            }
        return left;
    }

    private static Process runner(Path home, String command) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DoomedRunner.class.getName(),
                        home.toString(),
                        command)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }
}
