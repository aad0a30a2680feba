package ai.chela.toolrunner.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Real sandboxes for tests, one per set of limits, and the same commands without one as a control. */
final class Sandboxes {
    private static final Map<SandboxLimits, SandboxProbe.Found> MADE = new ConcurrentHashMap<>();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Sandboxes() {}

    /** With the standard limits; without bubblewrap the test is skipped, or fails where the build is strict. */
    static Sandbox standard() {
        return with(SandboxLimits.standard());
    }

    static Sandbox with(SandboxLimits limits) {
        return switch (MADE.computeIfAbsent(limits, Sandboxes::find)) {
            case SandboxProbe.Found.Ready ready -> ready.sandbox();
            case SandboxProbe.Found.Missing missing -> {
                String reason = "bubblewrap: " + missing.why().en();
                if (strict()) fail(reason);
                Assumptions.abort(reason);
                throw new IllegalStateException(reason);
            }
        };
    }

    static boolean strict() {
        return Boolean.getBoolean("CHELA_TEST_STRICT") || "true".equals(System.getenv("CHELA_TEST_STRICT"));
    }

    /** What a command printed that ended with exit code 0. */
    static String printed(String command) throws InterruptedException {
        Outcome outcome = standard().run(command, PATIENCE);
        Outcome.Exited exited = assertInstanceOf(Outcome.Exited.class, outcome, outcome::toString);
        assertEquals(0, exited.exitCode(), exited.output().text());
        return exited.output().text().strip();
    }

    /** What the same command prints without a sandbox, as the user who runs the tests. */
    static String printedOutside(String command) {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) fail("the control did not end: " + command);
            return printed;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static SandboxProbe.Found find(SandboxLimits limits) {
        try {
            Path home = Files.createTempDirectory("chela-sandbox-test");
            return SandboxProbe.find(home, limits);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
