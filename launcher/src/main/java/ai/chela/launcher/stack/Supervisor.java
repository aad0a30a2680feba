package ai.chela.launcher.stack;

import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.data.StackState.Phase;
import ai.chela.launcher.supervise.Child;
import ai.chela.launcher.supervise.ChildSpec;
import ai.chela.launcher.supervise.LogFiles;
import ai.chela.launcher.supervise.Probe;
import ai.chela.launcher.supervise.ProcessId;
import ai.chela.launcher.supervise.Pulse;
import ai.chela.launcher.supervise.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Keeps the processes of one stack running, and stops them in order. What it knows is in {@code stack.json}. */
final class Supervisor implements Child.Watcher {
    /** Deaths in a row after which a start is given up; a stack that was up once never is. */
    private static final int TOO_OFTEN = 5;

    private static final Duration ROTATION = Duration.ofSeconds(10);

    /** Between two questions whether a process still answers. */
    private static final Duration QUESTIONS = Duration.ofSeconds(10);

    private final Surroundings here;
    private final DataFolder data;
    private final List<Child> children = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private StackState state;
    private boolean stopping;
    private boolean quiet;

    Supervisor(Surroundings here, DataFolder data, StackState state) {
        this.here = here;
        this.data = data;
        this.state = state;
    }

    synchronized StackState state() {
        return state;
    }

    /** Changes what {@code stack.json} holds. */
    synchronized void change(UnaryOperator<StackState> change) {
        state = change.apply(state);
        try {
            state.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(data.stateFile() + " cannot be written", e);
        }
    }

    /** Starts a process and keeps it running: when it dies, and when it no longer answers. */
    Child keep(ChildSpec spec, Probe probe) {
        Child child = new Child(spec, this);
        synchronized (this) {
            if (stopping) throw new Problem(here.language().say("Stopping.", "正在停止。"));
            children.add(child);
        }
        child.start();
        Thread.ofVirtual().name("pulse of " + spec.name()).start(() -> watchPulse(child, probe));
        return child;
    }

    private void watchPulse(Child child, Probe probe) {
        Pulse pulse = Pulse.NONE;
        ProcessId asked = null;
        try {
            while (!stopped.await(QUESTIONS.toMillis(), TimeUnit.MILLISECONDS)) {
                ProcessId process = child.process().orElse(null);
                if (process == null) continue;
                if (!process.equals(asked)) pulse = Pulse.NONE;
                asked = process;
                pulse = probe.answers() ? pulse.afterAnswer() : pulse.afterSilence();
                if (pulse.isHung()) {
                    endHung(child, process, pulse);
                    pulse = Pulse.NONE;
                }
            }
        } catch (IOException e) {
            here.say(
                    "  %s hangs and could not be killed: %s",
                    "  %s 已挂起且无法结束：%s", child.spec().name(), Problem.reason(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it, since one that hangs may not heed a request to stop; its child thread then starts it again. */
    private void endHung(Child child, ProcessId process, Pulse pulse) throws IOException, InterruptedException {
        synchronized (this) {
            if (quiet || !child.process().filter(process::equals).isPresent()) return;
        }
        here.say(
                "%s (pid %d) lives but left %d health checks in a row, %d s apart, without an answer; killing it",
                "%s (pid %d) 仍在运行，但连续 %d 次健康检查（间隔 %d 秒）没有回答；将其结束",
                child.spec().name(),
                process.pid(),
                pulse.missed(),
                QUESTIONS.toSeconds());
        Signals.send(process, ChildSpec.Signal.KILL);
    }

    /** From now on logs are kept from growing, and restarts are told on the console. */
    void watchLogs() {
        Thread.ofPlatform().daemon().name("log rotation").start(() -> {
            try {
                while (!stopped.await(ROTATION.toMillis(), TimeUnit.MILLISECONDS)) {
                    LogFiles.rotate(data.logs(), LogFiles.LARGEST);
                }
            } catch (IOException e) {
                here.say("Logs are no longer cut: %s", "日志不再截断：%s", Problem.reason(e));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void started(Child child, ProcessId process) {
        change(it -> it.with(child.spec().name(), process));
    }

    @Override
    public void died(Child child, String how, Duration delay) {
        synchronized (this) {
            if (quiet) return;
        }
        here.say(
                "%s %s; starting it again in %.1f s (log: %s)",
                "%s 异常结束（%s）；%.1f 秒后重新启动（日志：%s）",
                child.spec().name(),
                how,
                delay.toMillis() / 1000.0,
                child.spec().log());
    }

    /** Fails when a process has died so often that waiting for it is idle. */
    void requireAlive(Child child) {
        if (child.deaths() < TOO_OFTEN) return;
        throw new Problem(here.language()
                .say(
                        "%s died %d times in a row. Its last lines:%n%s%nThe whole log: %s",
                        "%s 连续异常结束 %d 次。最后的日志：%n%s%n完整日志：%s",
                        child.spec().name(),
                        child.deaths(),
                        lastLines(child),
                        child.spec().log()));
    }

    String lastLines(Child child) {
        try {
            return String.join("\n", LogLine.readable(LogFiles.tail(child.spec().log(), 40), 8));
        } catch (IOException e) {
            return Problem.reason(e);
        }
    }

    /** What is stopped one after the other; the instances of a service are stopped together. */
    private static List<Set<String>> stopGroups(StackState state) {
        List<Set<String>> groups = new ArrayList<>();
        for (Service service : Service.values()) {
            Set<String> group = new LinkedHashSet<>();
            for (int number = 1; number <= state.instances(); number++) group.add(new Member(service, number).name());
            groups.add(group);
        }
        groups.add(Set.of("kafka"));
        groups.add(Set.of("postgres"));
        return groups;
    }

    /** The names of all processes of a stack, in the order in which they are stopped. */
    static List<String> stopOrder(StackState state) {
        return stopGroups(state).stream().flatMap(Set::stream).toList();
    }

    /** Stops everything in order. The first call does it, others wait for its end. */
    void stop() throws InterruptedException {
        List<Child> all;
        synchronized (this) {
            quiet = true;
            if (stopping) {
                all = List.of();
            } else {
                stopping = true;
                all = List.copyOf(children);
            }
        }
        if (all.isEmpty() && stopped.getCount() > 0 && !children.isEmpty()) {
            stopped.await();
            return;
        }
        change(it -> it.in(Phase.STOPPING));
        for (Set<String> group : stopGroups(state()))
            stopTogether(
                    all.stream().filter(it -> group.contains(it.spec().name())).toList());
        change(StackState::stopped);
        stopped.countDown();
    }

    private void stopTogether(List<Child> group) throws InterruptedException {
        List<Thread> stops = new ArrayList<>();
        for (Child child : group) stops.add(Thread.ofVirtual().start(() -> stopOne(child)));
        for (Thread stop : stops) stop.join();
    }

    private void stopOne(Child child) {
        long begun = System.nanoTime();
        try {
            boolean inOrder = child.stop();
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            if (inOrder)
                here.say(
                        "  stopped %s  %.1f s", "  已停止 %s  %.1f 秒", child.spec().name(), millis / 1000.0);
            else
                here.say(
                        "  killed %s, which did not stop within %d s",
                        "  %s 未在 %d 秒内停止，已强制结束",
                        child.spec().name(),
                        child.spec().grace().toSeconds());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            here.say(
                    "  %s could not be stopped: %s",
                    "  无法停止 %s：%s", child.spec().name(), Problem.reason(e));
        }
    }
}
