package ai.chela.system.fault;

import ai.chela.system.fault.CrashPoints.Point;
import ai.chela.system.stack.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Kills, stops, pauses and restarts, one after the other, and writes down what struck. */
final class Injector {
    /** How long a crash point waits for somebody to come by. */
    private static final Duration ARMED = Duration.ofSeconds(40);
    /** Past every lease (4 s) and past the session of a consumer (6 s). */
    private static final int PAUSE_FROM_MILLIS = 7_000;

    private static final int PAUSE_TO_MILLIS = 12_000;

    private final Processes processes;
    private final CrashPoints points;
    private final Journal journal;
    private final Random random;
    private final BooleanSupplier busy;
    private final Consumer<String> told;
    private int struck;

    /** @param busy whether enough is under way for a fault to hit something */
    Injector(
            Processes processes,
            CrashPoints points,
            Journal journal,
            long seed,
            BooleanSupplier busy,
            Consumer<String> told) {
        this.processes = processes;
        this.points = points;
        this.journal = journal;
        this.random = new Random(seed);
        this.busy = busy;
        this.told = told;
    }

    /** Halts at every named point in turn, until enough have struck or the time is over. */
    void halts(int kills, BooleanSupplier inTime) {
        List<Point> all = CrashPoints.all();
        List<Point> missed = new ArrayList<>();
        for (int i = 0; struck < kills && inTime.getAsBoolean(); i++) {
            Point point = all.get(i % all.size());
            if (missed.contains(point)) {
                if (missed.size() == all.size()) return;
                continue;
            }
            if (!atPoint(point, "halt", false)) missed.add(point);
        }
    }

    /** Faults of all kinds, until enough have struck or the time is over. */
    void mixed(int kills, BooleanSupplier inTime) {
        List<Point> left = new ArrayList<>();
        while (struck < kills && inTime.getAsBoolean()) {
            if (left.isEmpty()) {
                left.addAll(CrashPoints.all());
                Collections.shuffle(left, random);
            }
            int dice = random.nextInt(100);
            if (dice < 30) kill(service());
            else if (dice < 55) atPoint(left.removeLast(), "halt", random.nextBoolean());
            else if (dice < 65) atPoint(left.removeLast(), "stop", random.nextBoolean());
            else if (dice < 77) pause(service());
            else if (dice < 85) signal("stop", service(), "TERM");
            else if (dice < 90) kill("kafka");
            else if (dice < 95) kill("postgres");
            else pause(random.nextBoolean() ? "kafka" : "postgres");
        }
    }

    int struck() {
        return struck;
    }

    private String service() {
        List<String> names = processes.names();
        return names.get(random.nextInt(names.size() - 2)); // the last two are Kafka and PostgreSQL
    }

    private void kill(String name) {
        signal("kill", name, "KILL");
    }

    private void signal(String kind, String name, String signal) {
        awaitTarget(name);
        Optional<ProcessHandle> before = processes.find(name);
        Instant at = Instant.now();
        boolean there = processes.signal(name, signal);
        record(at, kind, name, null, there);
        before.ifPresent(it -> it.onExit().join());
        // another one may go while this one comes back; half of the time it may not
        if (random.nextBoolean()) processes.awaitReady(name);
    }

    /** A fault counts only when it can hurt: the process is there, and messages are under way. */
    private void awaitTarget(String name) {
        processes.awaitReady(name);
        Await.until("messages under way", busy);
    }

    private void pause(String name) {
        awaitTarget(name);
        Instant at = Instant.now();
        boolean there = processes.signal(name, "STOP");
        record(at, "pause", name, null, there);
        Pause.of(Duration.ofMillis(random.nextInt(PAUSE_FROM_MILLIS, PAUSE_TO_MILLIS)));
        processes.signal(name, "CONT");
    }

    /** @param alone strikes also while the service's other instance is still on its way back */
    private boolean atPoint(Point point, String how, boolean alone) {
        List<String> instances = processes.of(point.service());
        if (alone) Await.until(point.service(), () -> instances.stream().anyMatch(processes::isReady));
        else instances.forEach(processes::awaitReady);
        Optional<String> hit = points.strike(point, how, ARMED);
        record(
                Instant.now(),
                how,
                hit.map(it -> processes.named(point.service(), it)).orElse(point.service()),
                point.name(),
                hit.isPresent());
        if (hit.isPresent() && how.equals("stop")) {
            Pause.of(Duration.ofMillis(random.nextInt(PAUSE_FROM_MILLIS, PAUSE_TO_MILLIS)));
            processes.signal(processes.named(point.service(), hit.get()), "CONT");
        }
        return hit.isPresent();
    }

    private void record(Instant at, String kind, String target, @Nullable String point, boolean there) {
        if (there) struck++;
        journal.add(new Entry.Fault(at, kind, target, point, there));
        told.accept("%4d  %s %s%s%s"
                .formatted(struck, kind, target, point == null ? "" : " at " + point, there ? "" : ": nobody came by"));
    }
}
