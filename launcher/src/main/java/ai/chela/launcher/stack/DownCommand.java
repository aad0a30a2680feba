package ai.chela.launcher.stack;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.data.StackState.Phase;
import ai.chela.launcher.supervise.ChildSpec.Signal;
import ai.chela.launcher.supervise.ProcessId;
import ai.chela.launcher.supervise.Signals;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code down}: stops the stack in order, also one whose supervisor was killed. */
@Command(name = "down", description = "Stop everything, in order")
public final class DownCommand implements Callable<Integer> {
    /** More than the graces of all processes together. */
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    public DownCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        StackState state = StackState.read(folder);
        Optional<ProcessId> supervisor = state.runningSupervisor();
        if (supervisor.isPresent()) return stop(folder, supervisor.get());
        int left = LeftOvers.stop(here, state);
        if (state.phase() != Phase.STOPPED) state.stopped().write(folder);
        if (left == 0) here.say("Nothing runs on %s.", "%s 上没有运行中的环境。", folder.path());
        else here.say("Stopped.", "已停止。");
        return ExitCode.OK;
    }

    private int stop(DataFolder folder, ProcessId supervisor) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        here.say("Stopping the stack on %s", "正在停止 %s 上的环境", folder.path());
        Signals.send(supervisor, Signal.TERM);
        if (!Signals.awaitEnd(supervisor, LIMIT))
            throw here.problem(
                    "It has not stopped within %d s; its launcher is pid %d. See %s.",
                    "%d 秒内未停止；启动器 pid 为 %d。请查看 %s。", LIMIT.toSeconds(), supervisor.pid(), folder.logs());
        here.say("Stopped in %.1f s.", "已停止，用时 %.1f 秒。", (System.nanoTime() - begun) / 1e9);
        return ExitCode.OK;
    }
}
