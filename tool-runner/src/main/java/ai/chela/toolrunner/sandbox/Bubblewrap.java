package ai.chela.toolrunner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A sandbox of Linux namespaces made by bubblewrap. */
final class Bubblewrap implements Sandbox {
    private static final Logger LOG = Logger.getLogger(Bubblewrap.class);
    /** bwrap writes it when the command has run; without it the sandbox could not be set up. */
    private static final Pattern EXIT_CODE = Pattern.compile("\"exit-code\": (\\d+)");

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final int KILLED = 128 + 9;

    private final SandboxFolder folder;
    private final SandboxStart start;
    private final SandboxLimits limits;
    private final @Nullable CgroupTree cgroups;
    private final Set<Process> living = ConcurrentHashMap.newKeySet();
    private final AtomicLong runs = new AtomicLong();

    /** @param cgroups null to run without control groups */
    Bubblewrap(SandboxFolder folder, SandboxStart start, SandboxLimits limits, @Nullable CgroupTree cgroups) {
        this.folder = folder;
        this.start = start;
        this.limits = limits;
        this.cgroups = cgroups;
    }

    @Override
    public Level level() {
        return cgroups == null ? Level.BUBBLEWRAP : Level.BUBBLEWRAP_CGROUP;
    }

    @Override
    public Outcome run(String command, Duration deadline) throws InterruptedException {
        String run = Long.toString(runs.incrementAndGet());
        try {
            if (cgroups == null) return run(run, command, deadline, Optional.empty());
            try (Cgroup group = cgroups.open(run, limits)) {
                return run(run, command, deadline, Optional.of(group));
            }
        } catch (IOException failed) {
            LOG.warnf("sandbox.not-started reason=%s", failed.getMessage());
            return new Outcome.NotStarted(String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public void close() {
        living.forEach(Bubblewrap::kill);
        start.close();
        folder.close();
    }

    private Outcome run(String run, String command, Duration deadline, Optional<Cgroup> group)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Duration limit = deadline.compareTo(limits.deadline()) < 0 ? deadline : limits.deadline();
        Path status = folder.status(run);
        Process process = start.start(command, status, group);
        living.add(process);
        try {
            Duration started = since(begin);
            OutputPump pump = new OutputPump(
                    process.getInputStream(), limits.outputBytes(), limits.floodBytes(), () -> kill(process));
            boolean inTime = process.waitFor(limit.minus(started).toMillis(), TimeUnit.MILLISECONDS);
            end(process, pump, group);
            if (pump.flooded()) return new Outcome.Flooded(pump.output(), since(begin));
            if (!inTime) return new Outcome.TimedOut(pump.output(), since(begin));
            return ended(status, pump.output(), group, started, begin);
        } finally {
            kill(process);
            living.remove(process);
            Files.deleteIfExists(status);
        }
    }

    /** After this no process of the run is left. Killing bwrap kills its pid namespace; the group is for certainty. */
    private static void end(Process process, OutputPump pump, Optional<Cgroup> group)
            throws IOException, InterruptedException {
        kill(process);
        if (group.isPresent()) group.get().kill();
        if (!process.waitFor(AFTER_KILL.toMillis(), TimeUnit.MILLISECONDS) || !pump.ended(AFTER_KILL))
            throw new IOException("processes of the run outlive SIGKILL");
    }

    private static Outcome ended(
            Path status, Outcome.Output output, Optional<Cgroup> group, Duration started, long begin)
            throws IOException {
        boolean memoryLimitHit = group.map(Cgroup::memoryLimitHit).orElse(false);
        Matcher exit = EXIT_CODE.matcher(Files.readString(status));
        if (exit.find())
            return new Outcome.Exited(Integer.parseInt(exit.group(1)), output, memoryLimitHit, started, since(begin));
        if (memoryLimitHit) return new Outcome.Exited(KILLED, output, true, started, since(begin));
        String reason = output.text().lines().findFirst().orElse("bwrap ended without a word");
        LOG.warnf("sandbox.not-started reason=%s", reason);
        return new Outcome.NotStarted(reason);
    }

    /** By its handle: {@link Process#destroyForcibly} also closes the stream that its output is read from. */
    private static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
