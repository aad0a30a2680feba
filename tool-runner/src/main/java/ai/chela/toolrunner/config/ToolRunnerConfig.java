package ai.chela.toolrunner.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator can set for the tool-runner. */
@ConfigMapping(prefix = "chela.tools")
public interface ToolRunnerConfig {

    /** How many commands and other calls that may take long run at once in this instance; half of them for one person. */
    @WithDefault("8")
    int parallel();

    /** What one command in the sandbox may use. */
    Sandbox sandbox();

    /** Limits of one command. */
    interface Sandbox {

        /** Wall time after which it is killed. */
        @WithDefault("60s")
        Duration deadline();

        /** Memory of all its processes and files together, in MiB; needs control groups. */
        @WithDefault("512")
        int memoryMib();

        /** How many processes it may have. */
        @WithDefault("64")
        int processes();

        /** How much of one CPU it may use, in per cent: 200 are two CPUs; needs control groups. */
        @WithDefault("100")
        int cpuPercent();

        /** Size of its workspace, in MiB. */
        @WithDefault("64")
        int workspaceMib();
    }
}
