package ai.chela.launcher.stack;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.supervise.LogFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logs}: the last lines of the processes' logs, and what follows. */
@Command(name = "logs", description = "The last lines of the logs")
public final class LogsCommand implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "One process; default: all")
    private @Nullable String service;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "20",
            description = "Lines of each (default: ${DEFAULT-VALUE})")
    private int lines = 20;

    public LogsCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        List<String> known = new ArrayList<>(Supervisor.stopOrder(StackState.read(folder)));
        known.add("launcher");
        if (service != null && !known.contains(service))
            throw new Problem(
                    ExitCode.USAGE,
                    here.language()
                            .say(
                                    "There is no process named %s; there are: %s",
                                    "没有名为 %s 的进程；现有：%s", service, String.join(", ", known)));
        List<String> chosen = service == null ? known : List.of(service);
        Map<String, Long> read = new LinkedHashMap<>();
        for (String name : chosen) {
            Path log = folder.log(name);
            read.put(name, Files.exists(log) ? Files.size(log) : 0L);
            for (String line : LogFiles.tail(log, Math.clamp(lines, 1, 2000))) print(name, line);
        }
        if (follow) follow(folder, read);
        return ExitCode.OK;
    }

    /** Shows what is written, as the kernel tells that something is, until nobody reads any more. */
    private void follow(DataFolder folder, Map<String, Long> read) throws IOException, InterruptedException {
        try (WatchService changes = folder.path().getFileSystem().newWatchService()) {
            folder.logs().register(changes, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_CREATE);
            while (!here.out().checkError()) {
                for (Map.Entry<String, Long> entry : read.entrySet())
                    entry.setValue(showFrom(entry.getKey(), folder.log(entry.getKey()), entry.getValue()));
                here.out().flush();
                WatchKey change = changes.poll(1, TimeUnit.SECONDS);
                if (change == null) continue;
                change.pollEvents();
                change.reset();
            }
        }
    }

    private long showFrom(String name, Path log, long position) throws IOException {
        if (!Files.exists(log)) return 0;
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = file.length() < position ? 0 : position; // it was cut
            file.seek(from);
            byte[] fresh = new byte[(int) Math.min(1 << 20, file.length() - from)];
            file.readFully(fresh);
            int whole = fresh.length;
            while (whole > 0 && fresh[whole - 1] != '\n') whole--;
            new String(fresh, 0, whole, StandardCharsets.UTF_8).lines().forEach(line -> print(name, line));
            return from + whole;
        }
    }

    private void print(String name, String line) {
        here.out().println(service == null ? "%-20s| %s".formatted(name, line) : line);
    }
}
