package ai.chela.memory.backup;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.operator.Database;
import ai.chela.memory.operator.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a backup: everything the first time, then what changed since the run before. A run that dies leaves files
 * without a manifest, which the next one replaces; what finished runs wrote is never touched, keys of what was forgotten
 * aside: those are left out of the files of keys as soon as a run knows of it. Where a key of a scope has been renewed, the keys
 * that earlier runs wrote are wrapped anew with it.
 */
public final class Backup {
    private final Database database;
    private final BackupSet set;
    private final Supplier<MasterKeys> masters;
    private final Consumer<String> reached;

    /**
     * @param data folder for the data
     * @param keys folder for the keys; may be on another disk
     * @param masters asked only when the key of a scope or a tenant is another one than in the run before
     */
    public Backup(Database database, Path data, Path keys, Supplier<MasterKeys> masters) {
        this(database, data, keys, masters, _ -> {});
    }

    /**
     * @param reached told before each step that leaves something behind; a test dies there
     */
    Backup(Database database, Path data, Path keys, Supplier<MasterKeys> masters, Consumer<String> reached) {
        this.database = database;
        this.set = new BackupSet(data, keys);
        this.masters = masters;
        this.reached = reached;
    }

    /**
     * What a run did.
     *
     * @param full whether everything was written
     * @param stored versions of memories in the database
     * @param changed those that this run wrote
     * @param erased ids of forgotten versions that this run wrote
     */
    public record Result(int number, boolean full, Instant takenAt, long stored, long changed, long erased) {}

    /**
     * Writes what there is to write, and returns when all of it is on the disk.
     *
     * @param wantFull write everything, also where the last run could be gone on from
     * @throws ai.chela.memory.operator.Refusal when the folder holds a damaged backup, or another run is at work
     */
    public Result run(boolean wantFull) throws IOException, SQLException {
        set.make();
        try (FileChannel _ = set.lock()) {
            List<Manifest> before = set.manifests();
            KeyFiles keys = set.index(before);
            Positions known = before.isEmpty() ? Positions.NONE : Positions.of(set.lines(before.size()));
            List<String> tenants = database.tenants();
            begin(tenants);
            try (Connection worker = database.snapshot()) {
                Snapshot snapshot = new Snapshot(worker, tenants);
                boolean full = wantFull || before.isEmpty() || !snapshot.goesOnFrom(known);
                return write(snapshot, full ? Positions.NONE : known, full, before, keys);
            }
        }
    }

    /** A tenant that is backed up for the first time gets a name for its history of changes. */
    private void begin(List<String> tenants) throws SQLException {
        try (Connection worker = database.worker()) {
            for (String tenant : tenants) {
                Database.bind(worker, tenant);
                Tables.strings(
                        worker,
                        "insert into lineage (tenant, id) values (?, ?) on conflict do nothing returning id",
                        tenant,
                        Ids.random());
            }
            worker.commit();
        }
    }

    private Result write(
            Snapshot snapshot, Positions since, boolean full, List<Manifest> before, @Nullable KeyFiles keys)
            throws IOException, SQLException {
        int number = before.size() + 1;
        int attempt = set.attempt();
        reached.accept("data");
        Snapshot.Written written;
        KeyFiles.Part data;
        KeyFiles.Part fresh;
        try (LineWriter lines = new LineWriter(set.lines(number));
                LineWriter memoryKeys = new LineWriter(set.newKeys(number, attempt))) {
            written = snapshot.write(since, lines, memoryKeys);
            reached.accept("data-end");
            data = lines.finish();
            fresh = memoryKeys.finish();
        }
        KeyFiles.Part head;
        try (LineWriter heads = new LineWriter(set.newHead(number, attempt))) {
            snapshot.writeHead(heads);
            head = heads.finish();
        }
        String name = before.isEmpty() ? Ids.random() : before.getFirst().set();
        int finished = keys == null ? 0 : keys.finished();
        List<KeyFiles.Part> memories =
                keys == null || before.isEmpty() ? new ArrayList<>() : earlier(keys, before.size(), head, attempt);
        memories.add(fresh);
        reached.accept("keys");
        set.write(new KeyFiles(Manifest.FORMAT, name, number, finished, head, memories));
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                name,
                number,
                full,
                written.takenAt(),
                set.lastHash(before),
                data.sha256(),
                data.lines(),
                written.changed(),
                written.erased().size(),
                written.stored(),
                written.history());
        reached.accept("manifest");
        set.write(manifest);
        // not before: keys may be missing only of what a finished run says is forgotten
        Set<Erased> erased = new HashSet<>(written.erased());
        for (int run = finished + 1; run < number; run++) erasedBy(run, erased);
        int last = set.attempt();
        for (int run = 1; run < number; run++) memories.set(run - 1, without(erased, run, last, memories.get(run - 1)));
        KeyFiles index = new KeyFiles(Manifest.FORMAT, name, number, number, head, memories);
        reached.accept("keys-finished");
        set.write(index);
        reached.accept("sweep");
        set.sweep(index);
        return new Result(number, full, manifest.takenAt(), manifest.stored(), manifest.changed(), manifest.erased());
    }

    /**
     * The keys of earlier runs, such that they open with the keys of scopes as they are now. In files of their own, which count
     * together with those keys or not at all.
     */
    private List<KeyFiles.Part> earlier(KeyFiles keys, int runs, KeyFiles.Part head, int attempt) throws IOException {
        List<KeyFiles.Part> memories = new ArrayList<>(keys.memories().subList(0, runs));
        HeadChange change = HeadChange.of(set.key(keys.head()), set.key(head), masters);
        if (change.none()) return memories;
        for (int run = 1; run <= runs; run++) {
            reached.accept("keys-wrapped-" + run);
            memories.set(run - 1, wrappedAnew(change, run, attempt, memories.get(run - 1)));
        }
        return memories;
    }

    /** Keys lie in the order of their memories; those of forgotten ones are left out. */
    private KeyFiles.Part wrappedAnew(HeadChange change, int run, int attempt, KeyFiles.Part part) throws IOException {
        try (LineReader lines = new LineReader(set.lines(run));
                LineReader keys = new LineReader(set.key(part));
                LineWriter writer = new LineWriter(set.newKeys(run, attempt))) {
            JsonNode key = keys.next();
            for (JsonNode line = lines.next(); line != null && key != null; line = lines.next()) {
                JsonNode row = line.path("row");
                boolean fact = line.path("table").asText().equals(Tables.FACT);
                if (!fact || !Erased.ofKey(key).equals(Erased.of(row))) continue;
                writer.line(change.line(row, key));
                key = keys.next();
            }
            if (key != null)
                throw new Refusal("%s does not belong to %s.", "%s 与 %s 不匹配。", set.key(part), set.lines(run));
            return writer.finish();
        }
    }

    /** What a run says is forgotten, that was killed before it could take the keys out. */
    private void erasedBy(int run, Set<Erased> erased) throws IOException {
        try (LineReader reader = new LineReader(set.lines(run))) {
            for (JsonNode line = reader.next(); line != null; line = reader.next())
                if (line.path("table").asText().equals(Tables.ERASURE)) erased.add(Erased.of(line.path("row")));
        }
    }

    /** The keys of an earlier run without those of what was forgotten since: the same file when it has none of them. */
    private KeyFiles.Part without(Set<Erased> erased, int run, int attempt, KeyFiles.Part part) throws IOException {
        if (erased.isEmpty() || !holdsOne(erased, part)) return part;
        reached.accept("keys-of-" + run);
        try (LineReader reader = new LineReader(set.key(part));
                LineWriter writer = new LineWriter(set.newKeys(run, attempt))) {
            for (JsonNode line = reader.next(); line != null; line = reader.next())
                if (!erased.contains(Erased.ofKey(line))) writer.line(line.toString());
            return writer.finish();
        }
    }

    private boolean holdsOne(Set<Erased> erased, KeyFiles.Part part) throws IOException {
        try (LineReader reader = new LineReader(set.key(part))) {
            for (JsonNode line = reader.next(); line != null; line = reader.next())
                if (erased.contains(Erased.ofKey(line))) return true;
            return false;
        }
    }
}
