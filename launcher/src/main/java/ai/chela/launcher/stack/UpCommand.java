package ai.chela.launcher.stack;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.data.StackState.Phase;
import ai.chela.launcher.supervise.ProcessId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code up}: starts the stack and keeps it running until Ctrl-C or {@code down}. */
@Command(name = "up", description = "Start everything, and keep it running")
public final class UpCommand implements Callable<Integer> {
    /** Set to anything: as with {@code --native}. */
    public static final String NATIVE = "CHELA_NATIVE";

    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the gateway on 127.0.0.1 (default: that of the last start, else 8620)")
    private @Nullable Integer port;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes of each service, 1 to 5 (default: ${DEFAULT-VALUE})")
    private int instances = 1;

    @Option(names = "--detach", description = "Return when the first message would be answered")
    private boolean detach;

    @Option(names = "--native", description = "Run services natively that have a native executable")
    private boolean natively;

    public UpCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        if (port != null && (port < 1024 || port > 65_000))
            throw new Problem(
                    ExitCode.USAGE,
                    here.language().say("--port must be between 1024 and 65000.", "--port 必须在 1024 到 65000 之间。"));
        if (instances < 1 || instances > Member.MOST)
            throw new Problem(
                    ExitCode.USAGE,
                    here.language()
                            .say("--instances must be between 1 and %d.", "--instances 必须在 1 到 %d 之间。", Member.MOST));
        prepare(folder);
        if (detach) return new Detached(here, folder, data.given()).up(port, instances, isNative());
        // open for as long as this process lives: the lock is what makes it the one supervisor of this folder
        try (FileChannel channel =
                        FileChannel.open(folder.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) return alreadyUp(folder);
            return supervise(folder);
        }
    }

    /** The variable is for those who start a stack through others: tests, the benchmark. */
    private boolean isNative() {
        return natively || !here.environment().getOrDefault(NATIVE, "").isEmpty();
    }

    private void prepare(DataFolder folder) {
        try {
            folder.prepare();
            DataFolder.touch(folder.lockFile());
        } catch (IOException | UnsupportedOperationException e) {
            throw here.problem(
                    "The data folder %s cannot be made or closed to others: %s. Choose another with --data.",
                    "无法创建数据目录 %s 或限制其权限：%s。请用 --data 选择其他目录。", folder.path(), Problem.reason(e));
        }
    }

    private int alreadyUp(DataFolder folder) throws IOException {
        StackState state = StackState.read(folder);
        here.say(
                "A stack already runs on %s: %s (pid %d). See `./chela status`, stop it with `./chela down`.",
                "%s 上已有运行中的环境：%s (pid %d)。查看 `./chela status`，停止用 `./chela down`。",
                folder.path(),
                state.address(),
                state.runningSupervisor().map(ProcessId::pid).orElse(0L));
        return ExitCode.OK;
    }

    private int supervise(DataFolder folder) throws IOException, InterruptedException {
        StackState before = StackState.read(folder);
        LeftOvers.stop(here, before);
        int http = port != null ? port : before.port(StackState.HTTP).orElse(Ports.DEFAULT_HTTP);
        if (!Ports.isFree(http)) throw new Problem(Ports.held(here.language(), http, data.suffix()));
        Supervisor supervisor = new Supervisor(here, folder, before);
        supervisor.change(it ->
                it.starting(Ports.choose(http, instances, it.ports(), Ports::isFree), ProcessId.self(), instances));
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().unstarted(() -> stopOnSignal(supervisor, ended));
        Runtime.getRuntime().addShutdownHook(hook);
        here.say("Starting on %s", "正在启动，数据目录 %s", folder.path());
        try {
            supervisor.watchLogs();
            new Start(here, folder, supervisor, isNative()).run();
            new Screen(here, folder, supervisor.state(), data.suffix()).show();
            here.out().println();
            here.say("Ctrl-C stops it in order.", "按 Ctrl-C 将按顺序停止。");
            // after the screen: whoever waits for a detached start has then seen all of it
            supervisor.change(it -> it.phase() == Phase.STARTING ? it.in(Phase.READY) : it);
            ended.await();
            return ExitCode.OK;
        } catch (Problem | IOException e) {
            if (supervisor.state().phase() == Phase.STOPPING) ended.await();
            here.err().println(Problem.reason(e));
            supervisor.stop();
            return ExitCode.FAILED;
        }
    }

    private void stopOnSignal(Supervisor supervisor, CountDownLatch ended) {
        try {
            if (supervisor.state().phase() != Phase.STOPPED) {
                here.out().println();
                here.say("Stopping", "正在停止");
                supervisor.stop();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }
}
