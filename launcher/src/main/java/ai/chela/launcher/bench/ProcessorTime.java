package ai.chela.launcher.bench;

import ai.chela.launcher.data.StackState;
import ai.chela.launcher.supervise.ProcessId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Processor time used so far by each process of a stack, its children included, in milliseconds. PostgreSQL serves each
 * connection with a child, tool-runner runs commands as children: without them their share would be missing.
 *
 * @param millis by name of the process
 */
record ProcessorTime(Map<String, Double> millis) {
    /** The launcher that keeps the stack up. */
    static final String LAUNCHER = "launcher";
    /** This process, which sends the load from the same machine. */
    static final String BENCH = "bench";

    /** The kernel counts processor time in these, on every Linux of the platforms that the stack runs on. */
    private static final double MILLIS_PER_TICK = 10;

    /**
     * What the kernel says of a process.
     *
     * @param ticks used by itself and by the children that it has waited for
     */
    record Stat(long pid, long parent, long ticks) {
        /** Reads a line of {@code /proc/PID/stat}. */
        static Stat of(String line) {
            long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
            // the name in parentheses may hold spaces and parentheses itself, so count from the last one
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = 11; i <= 14; i++) ticks += Long.parseLong(fields[i]);
            return new Stat(pid, Long.parseLong(fields[1]), ticks);
        }
    }

    static ProcessorTime of(StackState state) throws IOException {
        return of(all(), roots(state));
    }

    /** The processes of a stack and this one, by pid. */
    static Map<Long, String> roots(StackState state) {
        Map<Long, String> roots = new LinkedHashMap<>();
        state.processes().forEach((name, id) -> roots.put(id.pid(), name));
        state.runningSupervisor().ifPresent(it -> roots.put(it.pid(), LAUNCHER));
        roots.put(ProcessId.self().pid(), BENCH);
        return roots;
    }

    static ProcessorTime of(Map<Long, Stat> all, Map<Long, String> roots) {
        Map<String, Double> millis = new LinkedHashMap<>();
        roots.values().forEach(name -> millis.put(name, 0.0));
        for (Stat stat : all.values())
            rootOf(stat.pid(), all, roots)
                    .ifPresent(name -> millis.merge(name, stat.ticks() * MILLIS_PER_TICK, Double::sum));
        return new ProcessorTime(millis);
    }

    /** The nearest of the roots among a process and its ancestors. */
    static Optional<String> rootOf(long pid, Map<Long, Stat> all, Map<Long, String> roots) {
        for (Stat stat = all.get(pid); stat != null; stat = all.get(stat.parent())) {
            String name = roots.get(stat.pid());
            if (name != null) return Optional.of(name);
        }
        return Optional.empty();
    }

    static Map<Long, Stat> all() throws IOException {
        Map<Long, Stat> all = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                Stat stat = read(process.resolve("stat"));
                if (stat != null) all.put(stat.pid(), stat);
            }
        }
        return all;
    }

    private static @Nullable Stat read(Path file) {
        try {
            return Stat.of(Files.readString(file));
        } catch (IOException _) {
            return null; // it has ended since the folder was listed
        }
    }

    /** What each has used since, divided by something: by turns, or by milliseconds. The bench itself is last. */
    Map<String, Double> since(ProcessorTime before, double divisor) {
        Map<String, Double> used = new LinkedHashMap<>();
        millis.forEach((name, now) -> used.put(name, (now - before.millis.getOrDefault(name, 0.0)) / divisor));
        return used;
    }
}
