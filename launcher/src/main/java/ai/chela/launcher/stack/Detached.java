package ai.chela.launcher.stack;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.data.StackState.Phase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code up --detach}: the supervisor as a process of its own session; this one shows what it says until it is up. */
final class Detached {
    private final Surroundings here;
    private final DataFolder data;

    private final @Nullable Path given;

    /** @param given the data folder as it was named on the command line, null when it was not */
    Detached(Surroundings here, DataFolder data, @Nullable Path given) {
        this.here = here;
        this.data = data;
        this.given = given;
    }

    int up(@Nullable Integer port, int instances, boolean natively) throws IOException, InterruptedException {
        Path log = data.log("launcher");
        DataFolder.touch(log);
        long from = log.toFile().length();
        Process supervisor = new ProcessBuilder(command(port, instances, natively))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try (RandomAccessFile output = new RandomAccessFile(log.toFile(), "r")) {
            output.seek(from);
            while (true) {
                boolean ended = supervisor.waitFor(100, TimeUnit.MILLISECONDS);
                boolean ready = isReady(supervisor.pid());
                // looked at before: what was written until then is shown, and the screen is written before it is ready
                show(output);
                if (ended) return supervisor.exitValue();
                if (ready) return ExitCode.OK;
            }
        }
    }

    private List<String> command(@Nullable Integer port, int instances, boolean natively) {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String option :
                java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()) command.add(option);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "ai.chela.launcher.Main", "up"));
        if (given != null) command.addAll(List.of("--data", given.toString()));
        if (port != null) command.addAll(List.of("--port", port.toString()));
        command.addAll(List.of("--instances", Integer.toString(instances)));
        if (natively) command.add("--native");
        return command;
    }

    private boolean isReady(long pid) throws IOException {
        StackState state = StackState.read(data);
        return state.phase() == Phase.READY
                && state.runningSupervisor().filter(it -> it.pid() == pid).isPresent();
    }

    private void show(RandomAccessFile output) throws IOException {
        byte[] fresh = new byte[(int) Math.max(0, output.length() - output.getFilePointer())];
        output.readFully(fresh);
        String text = new String(fresh, StandardCharsets.UTF_8);
        here.out()
                .print(text.lines()
                        .filter(it -> !it.contains("Ctrl-C"))
                        .map(it -> it + "\n")
                        .reduce("", String::concat));
        here.out().flush();
    }
}
