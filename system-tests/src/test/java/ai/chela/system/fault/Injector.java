package ai.chela.system.fault;

import ai.chela.system.fault.CrashPoints.Point;
import ai.chela.system.fault.Plan.Kind;
import ai.chela.system.fault.Plan.Strike;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries a plan out, all lanes side by side, and writes down what struck. */
final class Injector {
    /** How long a crash point waits for somebody to come by. */
    private static final Duration ARMED = Duration.ofSeconds(40);
    /** How long a process may take to come back before it counts as gone for good. */
    private static final Duration BACK = Duration.ofSeconds(240);
    /** How long a strike waits for messages to be under way; it may miss then, and is not counted. */
    private static final Duration BUSY = Duration.ofSeconds(60);
    /** How far Kafka and PostgreSQL may run ahead of the services: they are struck all along the run. */
    private static final int AHEAD = 8;

    private final Processes processes;
    private final CrashPoints points;
    private final Journal journal;
    private final BooleanSupplier busy;
    private final BooleanSupplier inTime;
    private final Consumer<String> told;
    private final AtomicInteger struck = new AtomicInteger();
    private final AtomicInteger services = new AtomicInteger();
    private final ConcurrentLinkedQueue<Throwable> broken = new ConcurrentLinkedQueue<>();

    /**
     * @param busy whether enough is under way for a fault to hit something
     * @param inTime whether faults may still be begun
     */
    Injector(
            Processes processes,
            CrashPoints points,
            Journal journal,
            BooleanSupplier busy,
            BooleanSupplier inTime,
            Consumer<String> told) {
        this.processes = processes;
        this.points = points;
        this.journal = journal;
        this.busy = busy;
        this.inTime = inTime;
        this.told = told;
    }

    /** Returns when all is done, and everything is back. */
    void carryOut(Plan plan) {
        List<Thread> lanes = new ArrayList<>();
        services.set((int)
                plan.lanes().keySet().stream().filter(Processes::isService).count());
        plan.lanes()
                .forEach((name, strikes) ->
                        lanes.add(Thread.ofVirtual().name("faults of " + name).start(() -> lane(name, strikes))));
        try {
            for (Thread lane : lanes) lane.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        Throwable first = broken.poll();
        if (first != null) throw new AssertionError("the faults broke", first);
        processes.names().forEach(this::isBack);
    }

    private void lane(String name, List<Strike> strikes) {
        List<Strike> again = new ArrayList<>();
        try {
            for (Strike strike : strikes) if (inTime.getAsBoolean() && !strike(strike)) again.add(strike);
            // a point that nobody passed in time may be passed now
            for (Strike strike : again) if (inTime.getAsBoolean()) strike(strike);
        } catch (RuntimeException | AssertionError e) {
            broken.add(e);
        } finally {
            if (Processes.isService(name)) services.decrementAndGet();
        }
    }

    private boolean strike(Strike strike) {
        if (!Processes.isService(strike.target()))
            await(BACK, () -> services.get() == 0 || struck.get() + AHEAD >= strike.position());
        if (!stands(strike)) return true;
        await(BUSY, busy);
        return strike.point() == null ? at(strike) : atPoint(strike, strike.point());
    }

    /** What is struck is there, and so is the other instance, unless it may be struck alone. */
    private boolean stands(Strike strike) {
        String service = Processes.serviceOf(strike.target());
        if (!Processes.isService(service)) return isBack(strike.target());
        List<String> instances = processes.of(service);
        if (!strike.alone()) return instances.stream().allMatch(this::isBack);
        if (strike.point() == null) return isBack(strike.target());
        return await(BACK, () -> instances.stream().anyMatch(processes::isReady)) || gone(service);
    }

    private boolean isBack(String name) {
        return await(BACK, () -> processes.isReady(name)) || gone(name);
    }

    private boolean gone(String name) {
        journal.add(new Entry.Gone(Instant.now(), name));
        told.accept("      " + name + " did not come back");
        return false;
    }

    private boolean at(Strike strike) {
        String name = strike.target();
        Optional<ProcessHandle> before = processes.find(name);
        Instant at = Instant.now();
        boolean there = processes.signal(name, signal(strike.kind()));
        record(at, strike, name, there);
        if (strike.kind() == Kind.PAUSE) {
            Pause.of(strike.pause());
            processes.signal(name, "CONT");
        } else if (there) before.ifPresent(it -> it.onExit().join());
        return there;
    }

    private static String signal(Kind kind) {
        return switch (kind) {
            case KILL -> "KILL";
            case TERM -> "TERM";
            case PAUSE -> "STOP";
            case HALT, STOP -> throw new IllegalArgumentException(kind + " is struck at a point");
        };
    }

    private boolean atPoint(Strike strike, String point) {
        Optional<String> hit = points.strike(
                new Point(strike.target(), point), strike.kind().name().toLowerCase(Locale.ROOT), ARMED);
        String name = hit.map(it -> processes.named(strike.target(), it)).orElse(strike.target());
        record(Instant.now(), strike, name, hit.isPresent());
        if (hit.isPresent() && strike.kind() == Kind.STOP) {
            Pause.of(strike.pause());
            processes.signal(name, "CONT");
        }
        return hit.isPresent();
    }

    private void record(Instant at, Strike strike, String name, boolean there) {
        int now = there ? struck.incrementAndGet() : struck.get();
        String kind = strike.kind().name().toLowerCase(Locale.ROOT);
        journal.add(new Entry.Fault(at, kind, name, strike.point(), there));
        told.accept(
                "%4d  %s %s%s%s".formatted(now, kind, name, where(strike.point()), there ? "" : ": nobody came by"));
    }

    private static String where(@Nullable String point) {
        return point == null ? "" : " at " + point;
    }

    private static boolean await(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) return false;
            Pause.briefly();
        }
        return true;
    }
}
