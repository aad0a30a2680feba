package ai.chela.toolrunner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The control group of one run: what it may use together, and a handle on every process of it. */
final class Cgroup implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Cgroup.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final List<Path> folders;

    /** @param folders one with cgroup v2, one per controller with v1; they exist */
    Cgroup(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** Files to write a process's id to, which makes it a member. */
    List<String> members() {
        return folders.stream()
                .map(folder -> folder.resolve("cgroup.procs").toString())
                .toList();
    }

    /** Whether the kernel killed one of its processes because their memory was used up. */
    boolean memoryLimitHit() {
        for (Path folder : folders)
            for (String file : List.of("memory.events", "memory.oom_control"))
                if (count(folder.resolve(file), "oom_kill ") > 0) return true;
        return false;
    }

    /** Kills every member, those too that come meanwhile, and waits until none is left. */
    void kill() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (List<Long> alive = alive(); !alive.isEmpty(); alive = alive()) {
            if (System.nanoTime() > end)
                throw new IOException(alive.size() + " processes outlive SIGKILL in " + folders);
            if (!killedAtOnce()) for (long pid : alive) ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            // The kernel tells nobody when the last member of a v1 group is gone.
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /** Kills what is left and removes the group. */
    @Override
    public void close() {
        try {
            kill();
            for (Path folder : folders) Files.deleteIfExists(folder);
        } catch (IOException failed) {
            // Not fatal: the next start sweeps it.
            LOG.warnf("sandbox.cgroup-left folders=%s reason=%s", folders, failed.getMessage());
        }
    }

    private boolean killedAtOnce() throws IOException {
        Path kill = folders.getFirst().resolve("cgroup.kill");
        if (!Files.exists(kill)) return false;
        Files.writeString(kill, "1");
        return true;
    }

    private List<Long> alive() throws IOException {
        for (Path folder : folders) {
            Path members = folder.resolve("cgroup.procs");
            if (!Files.exists(members)) continue;
            List<Long> pids =
                    Files.readAllLines(members).stream().map(Long::valueOf).toList();
            if (!pids.isEmpty()) return pids;
        }
        return List.of();
    }

    private static long count(Path file, String key) {
        if (!Files.exists(file)) return 0;
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(
                            line -> Long.parseLong(line.substring(key.length()).strip()))
                    .sum();
        } catch (IOException failed) {
            LOG.warnf("sandbox.cgroup-unread file=%s reason=%s", file, failed.getMessage());
            return 0;
        }
    }
}
