package ai.chela.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Memory of one process and its children, in bytes.
 *
 * @param resident all that is mapped and present (RSS); pages that several processes share count in each
 * @param proportional the same, but a shared page is divided among those who share it (PSS)
 */
record MemoryUse(long resident, long proportional) {
    static final MemoryUse NONE = new MemoryUse(0, 0);

    /** Reads {@code /proc/PID/smaps_rollup}. */
    static MemoryUse of(List<String> rollup) {
        return new MemoryUse(bytes(rollup, "Rss:"), bytes(rollup, "Pss:"));
    }

    private static long bytes(List<String> rollup, String field) {
        for (String line : rollup) if (line.startsWith(field)) return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        throw new IllegalArgumentException(field + " is missing");
    }

    /** By name of the process. */
    static Map<String, MemoryUse> of(Map<Long, String> roots) throws IOException {
        Map<Long, ProcessorTime.Stat> all = ProcessorTime.all();
        Map<String, MemoryUse> found = new LinkedHashMap<>();
        roots.values().forEach(name -> found.put(name, NONE));
        for (long pid : all.keySet()) {
            Optional<String> root = ProcessorTime.rootOf(pid, all, roots);
            if (root.isPresent()) found.merge(root.get(), ofProcess(pid), MemoryUse::plus);
        }
        return found;
    }

    private static MemoryUse ofProcess(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return of(Files.readAllLines(process.resolve("smaps_rollup")));
        } catch (IOException e) {
            if (Files.exists(process)) throw e;
            return NONE; // it has ended since
        }
    }

    MemoryUse plus(MemoryUse other) {
        return new MemoryUse(resident + other.resident, proportional + other.proportional);
    }
}
