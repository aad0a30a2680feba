package ai.chela.launcher.supervise;

import ai.chela.launcher.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process that is kept running: when it dies it is started again, until it is told to stop. */
public final class Child {
    /** Told what happens to a child, on the child's own thread. */
    public interface Watcher {
        void started(Child child, ProcessId process);

        /** It died without being told to; it starts again after the delay. */
        void died(Child child, String how, Duration delay);
    }

    private final ChildSpec spec;
    private final Watcher watcher;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable ProcessId process;
    private volatile Backoff backoff = Backoff.NONE;

    public Child(ChildSpec spec, Watcher watcher) {
        this.spec = spec;
        this.watcher = watcher;
        this.thread = Thread.ofPlatform().name(spec.name()).daemon().unstarted(this::keepRunning);
    }

    public ChildSpec spec() {
        return spec;
    }

    public Optional<ProcessId> process() {
        return Optional.ofNullable(process);
    }

    /** Deaths since it last ran for a minute. */
    public int deaths() {
        return backoff.deaths();
    }

    public void start() {
        thread.start();
    }

    /** Ends the process in order, or kills it after its grace; true when it ended by itself. Idempotent. */
    public boolean stop() throws IOException, InterruptedException {
        stopping.countDown();
        ProcessId running = process;
        boolean inOrder = running == null || Signals.end(running, spec.stop(), spec.grace());
        thread.join(Duration.ofSeconds(5));
        return inOrder;
    }

    private void keepRunning() {
        try {
            while (!isStopping()) {
                Instant begun = Instant.now();
                String how = runOnce();
                process = null;
                if (isStopping()) return;
                backoff = backoff.died(Duration.between(begun, Instant.now()));
                watcher.died(this, how, backoff.delay());
                if (stopping.await(backoff.delay().toMillis(), TimeUnit.MILLISECONDS)) return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private String runOnce() throws InterruptedException {
        try {
            spec.beforeStart().run();
            DataFolder.touch(spec.log());
            Process started = builder().start();
            started.getOutputStream().close();
            Optional<ProcessId> id = ProcessId.of(started.pid());
            process = id.orElse(null);
            id.ifPresent(it -> watcher.started(this, it));
            if (isStopping() && id.isPresent()) Signals.end(id.get(), spec.stop(), spec.grace());
            return describe(started.waitFor());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            note("could not be started: " + e.getMessage());
            return "could not be started: " + e.getMessage();
        }
    }

    private ProcessBuilder builder() {
        // a session of its own: Ctrl-C in the terminal reaches the launcher alone, which then stops things in order
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        return builder;
    }

    private static String describe(int exit) {
        return exit > 128 ? "ended by signal " + (exit - 128) : "ended with exit code " + exit;
    }

    private void note(String line) {
        try {
            Files.writeString(
                    spec.log(), "launcher: " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.err.println(spec.name() + ": " + line + " (and its log cannot be written: " + e.getMessage() + ")");
        }
    }
}
