package ai.chela.toolrunner.config;

import ai.chela.toolrunner.builtin.Calculation;
import ai.chela.toolrunner.builtin.DateAdd;
import ai.chela.toolrunner.builtin.DateBetween;
import ai.chela.toolrunner.builtin.DateWeekday;
import ai.chela.toolrunner.builtin.HostDisk;
import ai.chela.toolrunner.builtin.HostLoad;
import ai.chela.toolrunner.builtin.HostMemory;
import ai.chela.toolrunner.builtin.ShellRun;
import ai.chela.toolrunner.builtin.TimeConvert;
import ai.chela.toolrunner.builtin.TimeNow;
import ai.chela.toolrunner.call.CallRunner;
import ai.chela.toolrunner.sandbox.Outcome;
import ai.chela.toolrunner.sandbox.SandboxLimits;
import ai.chela.toolrunner.sandbox.SandboxProbe;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolBox;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The list of tools. A new one is added here. */
@Singleton
public class Tools {
    private static final Path ROOT = Path.of("/");

    private final SandboxLimits limits;
    private final MeterRegistry meters;

    public Tools(ToolRunnerConfig config, MeterRegistry meters) {
        this.limits = limits(config.sandbox());
        this.meters = meters;
    }

    @Produces
    @Singleton
    ToolBox box(SandboxProbe.Found sandbox) {
        List<Tool> tools = List.of(
                new HostDisk(Path.of("/proc/mounts")),
                new HostMemory(ROOT),
                new HostLoad(ROOT),
                new TimeNow(),
                new TimeConvert(),
                new DateAdd(),
                new DateBetween(),
                new DateWeekday(),
                new Calculation(),
                new ShellRun(sandbox, limits, this::measure));
        return new ToolBox(tools);
    }

    @Produces
    @Singleton
    CallRunner runner(ToolBox box) {
        return new CallRunner(box, Clock.systemUTC());
    }

    @Produces
    @Singleton
    SandboxProbe.Found sandbox(@ConfigProperty(name = "chela.home") Path home) throws InterruptedException {
        return SandboxProbe.find(home, limits);
    }

    void close(@Disposes SandboxProbe.Found found) {
        switch (found) {
            case SandboxProbe.Found.Ready ready -> ready.sandbox().close();
            case SandboxProbe.Found.Missing _ -> {}
        }
    }

    private void measure(Outcome outcome) {
        switch (outcome) {
            case Outcome.Exited exited -> meters.timer("sandbox.start").record(exited.started());
            case Outcome.NotStarted _ -> meters.counter("sandbox.not.started").increment();
            case Outcome.TimedOut _, Outcome.Flooded _ -> {}
        }
    }

    private static SandboxLimits limits(ToolRunnerConfig.Sandbox config) {
        SandboxLimits standard = SandboxLimits.standard();
        return new SandboxLimits(
                config.deadline(),
                standard.outputBytes(),
                standard.floodBytes(),
                (long) config.memoryMib() << 20,
                (long) config.memoryMib() << 20,
                config.processes(),
                config.cpuPercent(),
                standard.cpuSeconds(),
                (long) config.workspaceMib() << 20,
                standard.tempBytes());
    }
}
