package ai.chela.memory.backup;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.operator.Database;
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
import org.jspecify.annotations.Nullable;

/**
 * One run of a backup: everything the first time, then what changed since the run before. A run that dies leaves files
 * without a manifest, which the next one replaces; what finished runs wrote is never touched, keys of what was forgotten
 * aside: those are left out of the files of keys as soon as a run knows of it.
 */
public final class Backup {
    private final Database database;
    private final BackupSet set;
    private final Consumer<String> reached;

    /**
     * @param data folder for the data
     * @param keys folder for the keys; may be on another disk
     */
    public Backup(Database database, Path data, Path keys) {
        this(database, data, keys, _ -> {});
    }

    /**
     * @param reached told before each step that leaves something behind; a test dies there
     */
    Backup(Database database, Path data, Path keys, Consumer<String> reached) {
        this.database = database;
        this.set = new BackupSet(data, keys);
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
            try (Connection worker = database.worker()) {
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
                new ArrayList<>(keys == null ? List.of() : keys.memories().subList(0, before.size()));
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
                written.stored());
        reached.accept("manifest");
        set.write(manifest);
        // not before: keys may be missing only of what a finished run says is forgotten
        Set<Erased> erased = new HashSet<>(written.erased());
        for (int run = finished + 1; run < number; run++) erasedBy(run, erased);
        for (int run = 1; run < number; run++)
            memories.set(run - 1, without(erased, run, attempt, memories.get(run - 1)));
        KeyFiles index = new KeyFiles(Manifest.FORMAT, name, number, number, head, memories);
        reached.accept("keys-finished");
        set.write(index);
        reached.accept("sweep");
        set.sweep(index);
        return new Result(number, full, manifest.takenAt(), manifest.stored(), manifest.changed(), manifest.erased());
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
