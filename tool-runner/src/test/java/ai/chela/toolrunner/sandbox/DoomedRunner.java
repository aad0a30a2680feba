package ai.chela.toolrunner.sandbox;

import java.nio.file.Path;
import java.time.Duration;

/** A runner that a test kills while its command runs. Its arguments: a folder, and the command. */
final class DoomedRunner {
    private DoomedRunner() {}

    public static void main(String[] args) throws InterruptedException {
        switch (SandboxProbe.find(Path.of(args[0]), SandboxLimits.standard())) {
            case SandboxProbe.Found.Ready ready -> ready.sandbox().run(args[1], Duration.ofSeconds(50));
            case SandboxProbe.Found.Missing missing ->
                throw new IllegalStateException(missing.why().en());
        }
    }
}
