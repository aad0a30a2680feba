package ai.chela.system.fault;

import ai.chela.system.stack.Stack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Everything that can be away is away once, under load: Kafka and PostgreSQL, gone (nobody listens) and silent (nobody
 * answers), for a minute each, with the launcher kept from mending it; their disk, full; and each instance of each service,
 * told to stop in turn.
 */
final class Outages {
    /** Each of Kafka and PostgreSQL: gone, silent, and without room. */
    private static final List<String> SERVERS = List.of("kafka", "postgres");

    private static final Duration AWAY = Duration.ofSeconds(60);
    private static final Duration FULL = Duration.ofSeconds(30);
    private static final Duration BACK = Duration.ofSeconds(240);
    private static final int BLOCK = 1 << 20;

    private final Stack stack;
    private final Processes processes;
    private final Journal journal;
    private final BooleanSupplier calm;
    private final BooleanSupplier busy;
    private final Optional<Disks> disks;
    private final Consumer<String> told;

    /**
     * @param calm whether what an earlier outage held up is through
     * @param busy whether enough is under way for an outage to hit something
     * @param disks the small ones that Kafka and PostgreSQL are on; empty: theirs are not filled
     */
    Outages(
            Stack stack,
            Processes processes,
            Journal journal,
            BooleanSupplier calm,
            BooleanSupplier busy,
            Optional<Disks> disks,
            Consumer<String> told) {
        this.stack = stack;
        this.processes = processes;
        this.journal = journal;
        this.calm = calm;
        this.busy = busy;
        this.disks = disks;
        this.told = told;
    }

    /** How many faults strike in all. */
    static int count(Optional<Disks> disks) {
        return SERVERS.size() * (disks.isPresent() ? 3 : 2) + Processes.SERVICES.size() * FaultRun.INSTANCES;
    }

    /** One after the other; returns when everything is back. */
    void run() {
        for (String server : SERVERS) {
            away("gone", server, "KILL");
            away("silent", server, "STOP");
        }
        for (String service : Processes.SERVICES) for (String name : processes.of(service)) leave(name);
        disks.ifPresent(there -> SERVERS.forEach(server -> fill(server, there)));
        for (String name : processes.names()) await(name, () -> processes.isReady(name));
    }

    private void away(String kind, String server, String signal) {
        ready();
        ProcessHandle supervisor = stack.supervisor();
        Processes.signal(supervisor, "STOP");
        Instant from = Instant.now();
        try {
            processes.signal(server, signal);
            record(from, kind, server);
            Pause.of(AWAY);
            journal.add(new Entry.Away(Instant.now(), from, server + " " + kind));
        } finally {
            if (signal.equals("STOP")) processes.signal(server, "CONT");
            Processes.signal(supervisor, "CONT");
        }
        await(server, () -> processes.isReady(server));
        told.accept("      " + server + " is back");
    }

    /** Told to stop, as in a restart of one instance after the other. */
    private void leave(String name) {
        ready();
        ProcessHandle process = processes.find(name).orElseThrow();
        Instant from = Instant.now();
        processes.signal(name, "TERM");
        record(from, "term", name);
        process.onExit().join();
        Duration took = Duration.between(from, Instant.now());
        journal.add(new Entry.Left(Instant.now(), name, took));
        told.accept(String.format(Locale.ROOT, "      %s left after %.1f s", name, took.toMillis() / 1000.0));
    }

    private void fill(String server, Disks there) {
        ready();
        Path filler = there.of(server).resolve("filler");
        Instant from = Instant.now();
        try {
            long bytes = fill(filler);
            record(from, "full", server);
            told.accept("      %d MiB until the disk of %s was full".formatted(bytes / BLOCK, server));
            Pause.of(FULL);
            journal.add(new Entry.Away(Instant.now(), from, "the disk of " + server));
        } finally {
            delete(filler);
        }
    }

    private static long fill(Path filler) {
        long written = 0;
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
                written += BLOCK;
            }
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No space left")) return written;
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path filler) {
        try {
            Files.deleteIfExists(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready() {
        for (String name : processes.names()) await(name, () -> processes.isReady(name));
        await("answers to most", calm);
        await("messages under way", busy);
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + BACK.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                journal.add(new Entry.Gone(Instant.now(), what));
                told.accept("      " + what + " did not come within " + BACK.toSeconds() + " s");
                return;
            }
            Pause.briefly();
        }
    }

    private void record(Instant at, String kind, String target) {
        journal.add(new Entry.Fault(at, kind, target, null, true));
        told.accept("      " + kind + " " + target);
    }
}
