package ai.chela.toolrunner.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts the process of a run. All are started by one thread that lives as long as the runner: bwrap's {@code
 * --die-with-parent} is tied to the thread that started it, and must end a run when the runner dies and not before.
 */
final class SandboxStart implements AutoCloseable {
    /** dash counts file sizes in blocks of 512 bytes, as bash does when it is called {@code sh}. */
    private static final int BLOCK = 512;

    /**
     * A Java process passes on descriptors 0 to 2 only, so this shell opens the others. It joins the control group
     * before it gives up the right to, and sets the limits that everything after it inherits.
     */
    private static final String OPEN_AND_LIMIT = """
            exec 5<"$1" 6<"$2" 7>"$3" 8<"$4" 9<"$5" || exit 96
            shift 5
            while [ "$1" != -- ]; do echo 0 > "$1" || exit 97; shift; done
            shift
            ulimit -c 0 && ulimit -n 256 && ulimit -l 64 || exit 98
            ulimit -f "$1" && ulimit -d "$2" && ulimit -t "$3" || exit 98
            shift 3
            exec "$@"
            """;

    /**
     * Processes are counted inside, where the count is per user namespace: outside it would count every thread of the
     * user. dash knows the limit as {@code -p}, bash as {@code -u}. A shell that cannot set it runs nothing.
     */
    private static final String COUNT_AND_RUN = """
            n=$1; shift
            { ulimit -u "$n" || ulimit -p "$n"; } 2>/dev/null || exit 99
            "$@"
            exit $?
            """;

    private final SandboxFolder folder;
    private final SandboxPrograms programs;
    private final SandboxLimits limits;
    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sandbox-starter").factory());

    SandboxStart(SandboxFolder folder, SandboxPrograms programs, SandboxLimits limits) {
        this.folder = folder;
        this.programs = programs;
        this.limits = limits;
    }

    /**
     * Starts {@code /bin/sh -c command}, with standard output and error as one stream and nothing to read.
     *
     * @param status what bwrap tells about the run
     */
    Process start(String command, Path status, Optional<Cgroup> group) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(line(command, status, group))
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true);
        // /proc/1/environ shows what bwrap was started with, whatever it sets for the command
        builder.environment().clear();
        try {
            return starter.submit(builder::start).get();
        } catch (ExecutionException failed) {
            throw new IOException(
                    failed.getCause() == null
                            ? failed.toString()
                            : failed.getCause().getMessage(),
                    failed);
        }
    }

    @Override
    public void close() {
        starter.shutdownNow();
    }

    private List<String> line(String command, Path status, Optional<Cgroup> group) {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", OPEN_AND_LIMIT, "sh"));
        for (Path file : List.of(folder.group(), folder.passwd(), status, folder.arguments(), folder.filter()))
            line.add(file.toString());
        group.ifPresent(joined -> line.addAll(joined.members()));
        line.add("--");
        line.add(Long.toString(limits.workspaceBytes() / BLOCK));
        line.add(Long.toString(limits.dataBytes() >> 10));
        line.add(Integer.toString(limits.cpuSeconds()));
        line.addAll(programs.dropRights());
        line.addAll(List.of(programs.bwrap().toString(), "--args", Integer.toString(BubblewrapArguments.ARGUMENTS)));
        line.addAll(List.of("--", "/bin/sh", "-c", COUNT_AND_RUN, "sh", Integer.toString(limits.processes())));
        line.addAll(List.of("/bin/sh", "-c", command));
        return line;
    }
}
