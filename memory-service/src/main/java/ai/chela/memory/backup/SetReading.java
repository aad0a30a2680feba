package ai.chela.memory.backup;

import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.crypto.WrongKeyException;
import ai.chela.memory.operator.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set whose files were all found whole and in order, as it is read for a check or a restore. */
final class SetReading {
    /** What is done with the lines of a run. */
    interface Taker {
        void row(String table, JsonNode row) throws SQLException, IOException;

        /** A memory that has not been forgotten, with its key. */
        void memory(JsonNode fact, JsonNode key) throws SQLException, IOException;

        /** A memory that was forgotten later: there is nothing to read it with. */
        void forgotten(JsonNode fact) throws SQLException, IOException;
    }

    private final BackupSet set;
    private final List<Manifest> runs;
    private final KeyFiles index;
    private final Map<Erased, ErasureList.Entry> erased = new HashMap<>();
    private final Map<String, Map<String, Long>> furthest = new HashMap<>();

    private SetReading(BackupSet set, List<Manifest> runs, KeyFiles index) {
        this.set = set;
        this.runs = runs;
        this.index = index;
    }

    /**
     * Reads every file once.
     *
     * @throws Refusal when there is no backup, or the first thing that is wrong with it
     */
    static SetReading of(BackupSet set) throws IOException {
        if (!java.nio.file.Files.isDirectory(set.data())) throw none(set);
        List<Manifest> runs = set.manifests();
        KeyFiles index = set.index(runs);
        if (runs.isEmpty() || index == null) throw none(set);
        set.checksums(runs, index);
        SetReading reading = new SetReading(set, runs, index);
        for (Manifest run : runs) reading.survey(run);
        return reading;
    }

    private static Refusal none(BackupSet set) {
        return new Refusal("There is no backup in %s.", "%s 中没有备份。", set.data());
    }

    /** Notes what was forgotten and how far the numbers went, and counts. */
    private void survey(Manifest run) throws IOException {
        long lines = 0;
        long facts = 0;
        long erasures = 0;
        try (LineReader reader = new LineReader(set.lines(run.number()))) {
            for (JsonNode line = reader.next(); line != null; line = reader.next()) {
                lines++;
                JsonNode row = line.path("row");
                switch (line.path("table").asText()) {
                    case Tables.FACT -> facts++;
                    case Tables.ERASURE -> {
                        erasures++;
                        erased.put(
                                Erased.of(row),
                                new ErasureList.Entry(
                                        row.path("tenant").asText(),
                                        row.path("id").asText(),
                                        row.path("scope").asText(),
                                        run.takenAt()));
                    }
                    case Tables.SCOPE ->
                        furthest.computeIfAbsent(row.path("tenant").asText(), _ -> new HashMap<>())
                                .merge(
                                        row.path("scope").asText(),
                                        row.path("change").asLong(),
                                        Math::max);
                    default -> {} // a table that is written whole
                }
            }
        }
        if (lines != run.lines() || facts != run.changed() || erasures != run.erased())
            throw new Refusal(
                    "%s holds %d lines, %d memories and %d erasures; its manifest says %d, %d and %d.",
                    "%s 含 %d 行、%d 条记忆和 %d 条遗忘；清单所记为 %d、%d 和 %d。",
                    set.lines(run.number()),
                    lines,
                    facts,
                    erasures,
                    run.lines(),
                    run.changed(),
                    run.erased());
    }

    List<Manifest> runs() {
        return runs;
    }

    /** Everything that any of the runs knows to be forgotten. */
    Map<Erased, ErasureList.Entry> erased() {
        return erased;
    }

    /** The highest number that any run knows of a scope, by tenant and scope. */
    Map<String, Map<String, Long>> furthest() {
        return furthest;
    }

    /**
     * The last run at or before an instant.
     *
     * @param to null for the last of all
     * @throws Refusal when there is none
     */
    Manifest runAt(@Nullable Instant to) {
        return runs.reversed().stream()
                .filter(run -> to == null || !run.takenAt().isAfter(to))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        "The oldest run of this backup is of %s.",
                        "该备份最早的一次为 %s。", runs.getFirst().takenAt()));
    }

    /** The run that holds everything and the ones after it, up to this one. */
    List<Manifest> upTo(Manifest last) {
        List<Manifest> all = runs.subList(0, last.number());
        int start = all.size() - 1;
        while (!all.get(start).full()) start--;
        return all.subList(start, all.size());
    }

    OpenKeys open(MasterKeys masters) throws IOException {
        return OpenKeys.of(set.key(index.head()), masters);
    }

    /** Hands over the keys of tenants and scopes. */
    void head(Taker taker) throws IOException, SQLException {
        try (LineReader reader = new LineReader(set.key(index.head()))) {
            for (JsonNode line = reader.next(); line != null; line = reader.next())
                taker.row(line.path("table").asText(), line.path("row"));
        }
    }

    /**
     * Hands over a run line by line. Its keys lie in the order of its memories; those of forgotten ones are left out.
     *
     * @param gone what counts as forgotten
     * @throws Refusal when a memory has no key although nobody forgot it
     */
    void each(Manifest run, Set<Erased> gone, Taker taker) throws IOException, SQLException {
        try (LineReader lines = new LineReader(set.lines(run.number()));
                LineReader keys = new LineReader(set.key(index.memories().get(run.number() - 1)))) {
            JsonNode key = keys.next();
            for (JsonNode line = lines.next(); line != null; line = lines.next()) {
                JsonNode row = line.path("row");
                String table = line.path("table").asText();
                if (!table.equals(Tables.FACT)) {
                    taker.row(table, row);
                    continue;
                }
                boolean found = key != null && Erased.ofKey(key).equals(Erased.of(row));
                if (gone.contains(Erased.of(row))) taker.forgotten(row);
                else if (found && key != null) taker.memory(row, key);
                else throw keyMissing(run, row);
                if (found) key = keys.next();
            }
        }
    }

    private Refusal keyMissing(Manifest run, JsonNode row) {
        return new Refusal(
                "The key of memory %s is missing in %s.",
                "%2$s 中缺少记忆 %1$s 的密钥。",
                row.path("id").asText(),
                set.key(index.memories().get(run.number() - 1)));
    }

    /** Checks that every memory of every run opens; returns how many were opened. */
    long openAll(MasterKeys masters) throws IOException, SQLException {
        OpenKeys keys = open(masters);
        long[] opened = {0};
        Taker taker = new Taker() {
            @Override
            public void row(String table, JsonNode row) {}

            @Override
            public void memory(JsonNode fact, JsonNode key) {
                try {
                    keys.open(fact, key);
                    opened[0]++;
                } catch (WrongKeyException e) {
                    throw new Refusal("A memory %s.", "记忆 %s。", String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void forgotten(JsonNode fact) {}
        };
        for (Manifest run : runs) each(run, erased.keySet(), taker);
        return opened[0];
    }
}
