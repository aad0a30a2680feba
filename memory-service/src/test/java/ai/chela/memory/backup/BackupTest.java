package ai.chela.memory.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.operator.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final String ACME = "acme";
    private static final String ANN = "ann";

    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private MasterKeys masters;

    @SuppressWarnings("NullAway.Init")
    private Installation here;

    private Path data = Path.of("");
    private Path keys = Path.of("");

    @BeforeEach
    void install() throws IOException, SQLException {
        masters = Installation.newKey(folder);
        here = Installation.with(masters);
        data = folder.resolve("backup");
        keys = folder.resolve("keys");
        here.remember(ACME, ANN, "f1", "the staging database is db-17");
        here.remember(ACME, ANN, "f2", "the office closes at 8 pm");
        here.remember("globex", "bob", "f3", "the lift is out of order");
    }

    @Test
    void what_was_backed_up_is_there_after_a_restore_into_an_empty_installation() throws Exception {
        backup();
        Installation other = restored(null);
        assertEquals(List.of("the staging database is db-17", "the office closes at 8 pm"), other.texts(ACME));
        assertEquals(List.of("the lift is out of order"), other.texts("globex"));
    }

    @Test
    void a_second_run_writes_only_what_changed() throws Exception {
        backup();
        here.remember(ACME, ANN, "f4", "the wifi is on floor 2");
        Backup.Result second = backup();
        assertEquals(List.of(1L, 4L, 0L), List.of(second.changed(), second.stored(), second.erased()));
        assertFalse(second.full());
        assertEquals(3, restored(null).texts(ACME).size());
    }

    @Test
    void a_run_without_changes_writes_no_memory() throws Exception {
        backup();
        assertEquals(0, backup().changed());
        assertEquals(2, restored(null).texts(ACME).size());
    }

    @Test
    void every_version_is_kept_and_the_counters_are_right() throws Exception {
        backup();
        here.correct(ACME, ANN, "f1", "f1b", "the staging database is db-18");
        backup();
        Installation other = restored(null);
        assertEquals(List.of("the staging database is db-18", "the office closes at 8 pm"), other.texts(ACME));
        assertEquals(1, other.number(ACME, "select count(*) from fact where superseded_by = 'f1b'"));
        assertEquals(2, other.number(ACME, "select facts from memory_scope"));
        assertEquals(3, other.number(ACME, "select facts from speaker"));
    }

    @Test
    void an_earlier_point_in_time_has_what_held_then() throws Exception {
        backup();
        Instant between = now();
        here.correct(ACME, ANN, "f1", "f1b", "the staging database is db-18");
        here.remember(ACME, ANN, "f4", "the wifi is on floor 2");
        backup();
        assertEquals(
                List.of("the staging database is db-17", "the office closes at 8 pm"),
                restored(between).texts(ACME));
    }

    @Test
    void before_the_first_run_there_is_nothing_to_restore() throws Exception {
        Instant before = now();
        backup();
        assertTrue(refusal(() -> restored(before)).startsWith("The oldest run of this backup is of"));
    }

    @Test
    void what_was_forgotten_since_does_not_come_back_at_an_earlier_point_in_time() throws Exception {
        backup();
        Instant between = now();
        here.forget(ACME, ANN, "f1");
        backup();
        Installation other = restored(between);
        assertEquals(List.of("the office closes at 8 pm"), other.texts(ACME));
        assertEquals(1, other.number(ACME, "select count(*) from erasure where id = 'f1'"));
        assertEquals(1, other.number(ACME, "select facts from memory_scope"));
        assertEquals(1, other.number(ACME, "select facts from speaker"));
    }

    @Test
    void the_key_of_what_was_forgotten_leaves_the_backup_with_the_next_run() throws Exception {
        backup();
        assertEquals(List.of("f1", "f2", "f3"), keysInBackup());
        here.forget(ACME, ANN, "f1");
        backup();
        assertEquals(List.of("f2", "f3"), keysInBackup());
        assertEquals(2, verified().runs());
    }

    @Test
    void what_was_forgotten_after_the_last_run_does_not_come_back_when_the_list_beside_the_database_knows_of_it()
            throws Exception {
        backup();
        Path list = folder.resolve("erasures.jsonl");
        Files.writeString(
                list,
                "{\"tenant\":\"acme\",\"id\":\"f1\",\"scope\":\"person:ann\",\"at\":\"2026-11-21T12:00:00Z\"}\n{\"tenan");
        Installation other = Installation.with(masters);
        Restore.Result result = restore(other, null, false, List.of(list));
        assertEquals(List.of("the office closes at 8 pm"), other.texts(ACME));
        assertEquals(1, result.forgotten());
    }

    @Test
    void what_was_forgotten_after_the_last_run_does_not_come_back_over_the_database_that_knows_of_it()
            throws Exception {
        backup();
        here.forget(ACME, ANN, "f1");
        restore(here, null, true, List.of());
        assertEquals(List.of("the office closes at 8 pm"), here.texts(ACME));
        assertEquals(1, here.number(ACME, "select count(*) from erasure"));
    }

    @Test
    void memories_that_are_there_are_not_replaced_unless_that_is_said() throws Exception {
        backup();
        here.remember(ACME, ANN, "f4", "the wifi is on floor 2");
        assertTrue(refusal(() -> restore(here, null, false, List.of()))
                .startsWith("There are 4 memories in this installation"));
        assertEquals(3, here.texts(ACME).size());
        restore(here, null, true, List.of());
        assertEquals(2, here.texts(ACME).size());
    }

    @Test
    void memories_under_legal_hold_are_not_replaced() throws Exception {
        backup();
        here.execute(
                ACME,
                "insert into legal_hold (tenant, subject, reason, placed_by) values ('acme', 'tenant', 'x', 'y')");
        assertTrue(
                refusal(() -> restore(here, null, true, List.of())).startsWith("Memories here are under legal hold"));
        assertEquals(2, here.texts(ACME).size());
    }

    @Test
    void numbers_go_on_above_all_that_were_used_and_the_next_run_writes_everything() throws Exception {
        backup();
        here.remember(ACME, ANN, "f4", "the wifi is on floor 2");
        long used = here.number(ACME, "select change from memory_scope");
        Instant first = new BackupSet(data, keys).manifests().getFirst().takenAt();
        restore(here, first, true, List.of());
        assertTrue(here.number(ACME, "select change from memory_scope") > used);
        here.forget(ACME, ANN, "f2");
        here.remember(ACME, ANN, "f5", "the printer is on floor 3");
        assertTrue(backup().full());
        assertEquals(
                List.of("the staging database is db-17", "the printer is on floor 3"),
                restored(null).texts(ACME));
    }

    @Test
    void a_restore_is_audited() throws Exception {
        backup();
        assertEquals(
                1,
                restored(null)
                        .number(
                                ACME,
                                "select count(*) from outbox where convert_from(payload, 'UTF8') like '%memory.restored%'"));
    }

    @Test
    void a_running_service_is_not_restored_under_its_feet() throws Exception {
        backup();
        Installation other = Installation.with(masters);
        try (Connection service =
                java.sql.DriverManager.getConnection(other.database.url() + "?user=chela_memory_queue&password=test")) {
            assertFalse(service.isClosed());
            assertTrue(refusal(() -> restore(other, null, false, List.of()))
                    .startsWith("memory-service is running on this database"));
        }
    }

    @Test
    void another_master_key_is_recognised_before_anything_changes() throws Exception {
        backup();
        MasterKeys wrong = Installation.newKey(folder);
        assertTrue(refusal(() -> Restore.run(here.database, data, keys, wrong, null, true, List.of()))
                .startsWith(
                        "The master key of this backup (id " + masters.first().id()));
        assertEquals(2, here.texts(ACME).size());
    }

    @Test
    void a_damaged_file_is_named() throws Exception {
        backup();
        Path file = data.resolve("000001.lines.gz");
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        assertTrue(refusal(this::verified).equals(file + " is damaged: its checksum is another one."));
        assertTrue(refusal(() -> restored(null)).startsWith(file.toString()));
    }

    @Test
    void a_damaged_file_of_keys_is_named() throws Exception {
        backup();
        Path file = keys.resolve("000001.000001.keys.gz");
        Files.write(file, new byte[] {1, 2, 3});
        assertTrue(refusal(this::verified).startsWith(file.toString()));
    }

    @Test
    void a_missing_run_is_named_also_when_it_is_the_last() throws Exception {
        backup();
        here.remember(ACME, ANN, "f4", "the wifi is on floor 2");
        backup();
        Path last = data.resolve("000002.manifest.json");
        Files.move(last, folder.resolve("kept"));
        assertEquals("Run 2 of the backup in " + data + " is missing.", refusal(this::verified));
        assertEquals("Run 2 of the backup in " + data + " is missing.", refusal(this::backup));
        Files.move(folder.resolve("kept"), last);
        Files.delete(data.resolve("000001.manifest.json"));
        assertEquals("Run 1 of the backup in " + data + " is missing.", refusal(this::verified));
    }

    @Test
    void runs_in_another_order_are_recognised() throws Exception {
        backup();
        backup();
        Path first = data.resolve("000001.manifest.json");
        Path second = data.resolve("000002.manifest.json");
        Path aside = folder.resolve("aside");
        Files.move(first, aside);
        Files.move(second, first);
        Files.move(aside, second);
        assertTrue(refusal(this::verified).contains("does not follow the one before it"));
    }

    @Test
    void a_changed_manifest_is_recognised_by_the_one_after_it() throws Exception {
        backup();
        backup();
        Path first = data.resolve("000001.manifest.json");
        Files.writeString(first, Files.readString(first).replace("\"stored\":3", "\"stored\":2"));
        assertTrue(refusal(this::verified).contains("does not follow the one before it"));
    }

    @Test
    void the_keys_of_another_backup_are_refused() throws Exception {
        backup();
        Path otherKeys = folder.resolve("other-keys");
        new Backup(here.database, folder.resolve("other"), otherKeys, () -> masters).run(false);
        assertTrue(refusal(() -> Verification.of(data, otherKeys, masters)).endsWith("are those of another backup."));
    }

    @Test
    void a_folder_without_a_backup_is_named() {
        assertEquals("There is no backup in " + data + ".", refusal(this::verified));
    }

    @Test
    void a_check_opens_every_memory() throws Exception {
        backup();
        here.correct(ACME, ANN, "f1", "f1b", "the staging database is db-18");
        backup();
        assertEquals(5L, verified().opened());
        assertEquals(null, Verification.of(data, keys, null).opened());
    }

    @Test
    void nothing_in_a_backup_is_in_clear() throws Exception {
        backup();
        try (Stream<Path> files = Stream.concat(Files.list(data), Files.list(keys))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".gz")).toList())
                try (LineReader reader = new LineReader(file)) {
                    for (var line = reader.next(); line != null; line = reader.next()) {
                        assertFalse(line.toString().contains("staging"));
                        assertFalse(line.toString()
                                .contains(java.util.HexFormat.of()
                                        .formatHex("staging".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
                    }
                }
        }
    }

    @Test
    void its_files_are_their_owners_alone() throws Exception {
        backup();
        try (Stream<Path> files = Stream.concat(Files.walk(data), Files.walk(keys))) {
            for (Path file : files.filter(it -> !it.endsWith(".lock")).toList())
                assertTrue(
                        Files.getPosixFilePermissions(file).stream()
                                .allMatch(right -> right.name().startsWith("OWNER")),
                        file::toString);
        }
    }

    @Test
    void two_runs_at_once_are_not_possible() throws Exception {
        Backup outer = new Backup(here.database, data, keys, () -> masters, step -> {
            if (step.equals("data")) assertThrows(Exception.class, this::backup);
        });
        assertEquals(1, outer.run(false).number());
    }

    @Test
    void after_a_rotation_the_next_run_needs_only_the_new_master_key() throws Exception {
        backup();
        MasterKeys fresh = Installation.newKey(folder);
        for (String tenant : List.of(ACME, "globex")) here.rewrap(tenant, fresh);
        backup();
        Installation other = Installation.with(fresh);
        Restore.run(other.database, data, keys, fresh, null, false, List.of());
        assertEquals(2, other.texts(ACME).size());
        assertNotEquals(fresh.first().id(), masters.first().id());
    }

    @Test
    void after_a_renewal_of_a_scopes_key_every_run_opens_with_the_new_one() throws Exception {
        backup();
        Instant first = now();
        here.correct(ACME, ANN, "f1", "f1b", "the staging database is db-18");
        backup();
        here.renew(ACME, ANN, Installation.Renewal.WHOLE);
        backup();
        assertEquals(5L, verified().opened());
        assertEquals(
                List.of("the staging database is db-17", "the office closes at 8 pm"),
                restored(first).texts(ACME));
        assertEquals(
                List.of("the staging database is db-18", "the office closes at 8 pm"),
                restored(null).texts(ACME));
    }

    @Test
    void in_the_middle_of_a_renewal_a_backup_has_both_keys_and_afterwards_only_the_new_one() throws Exception {
        backup();
        here.renew(ACME, ANN, Installation.Renewal.BEGUN);
        here.remember(ACME, ANN, "f4", "the wifi is on floor 2");
        backup();
        assertEquals(3, restored(null).texts(ACME).size());
        here.renew(ACME, ANN, Installation.Renewal.FINISHED);
        backup();
        assertEquals(4L, verified().opened());
        assertEquals(3, restored(null).texts(ACME).size());
        assertEquals(0, restored(null).number(ACME, "select count(*) from key_renewal where wrapped is not null"));
    }

    @Test
    void marks_of_an_earlier_run_are_made_anew_after_its_restore() throws Exception {
        backup();
        here.renew(ACME, ANN, Installation.Renewal.WHOLE);
        backup();
        assertEquals(1, restored(null).number(ACME, "select count(*) from key_renewal where generation = 0"));
    }

    @Test
    void a_renewal_is_killed_at_any_step_of_the_backup_after_it_and_nothing_becomes_unreadable() throws Exception {
        backup();
        backup();
        for (String step : List.of(
                "data", "data-end", "keys-wrapped-1", "keys-wrapped-2", "keys", "manifest", "keys-finished", "sweep")) {
            here.renew(ACME, ANN, Installation.Renewal.WHOLE);
            assertThrows(
                    Killed.class,
                    () -> new Backup(here.database, data, keys, () -> masters, reached -> {
                                if (reached.equals(step)) throw new Killed();
                            })
                            .run(false));
            verified();
            assertEquals(2, restored(null).texts(ACME).size(), step);
            backup();
            assertEquals(2, restored(null).texts(ACME).size(), step);
        }
        verified();
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** An empty installation that backs up into the folder of the lost one would overwrite the keys of all that is there. */
    @Test
    void another_installation_does_not_overwrite_the_keys_of_a_backup() throws Exception {
        backup();
        Installation lost = here;
        masters = Installation.newKey(folder);
        here = Installation.with(masters);
        here.remember(ACME, ANN, "g1", "the printer is on floor 3");
        assertTrue(refusal(this::backup).startsWith("The database does not have the keys"));
        here.remember("globex", "bob", "g2", "the lift works");
        assertTrue(refusal(this::backup).startsWith("Another key wraps the memories now"));
        masters = lost.masters;
        assertEquals(3L, verified().opened());
        assertEquals(2, restored(null).texts(ACME).size());
    }

    @Test
    void a_former_master_key_that_is_gone_hinders_no_run() throws Exception {
        backup();
        MasterKeys fresh = Installation.newKey(folder);
        for (String tenant : List.of(ACME, "globex")) here.rewrap(tenant, fresh);
        masters = fresh;
        assertEquals(2, backup().number());
        assertEquals(3L, verified().opened());
    }

    @Test
    void a_restored_database_has_another_history_and_knows_the_former_ones() throws Exception {
        String before = here.text(ACME, "select id from history where active");
        backup();
        Installation other = restored(null);
        assertEquals(1, other.number(ACME, "select count(*) from history where active and id <> '" + before + "'"));
        // its own from before the restore, and that of the backup
        assertEquals(2, other.number(ACME, "select count(*) from history where not active"));
        assertEquals(1, other.number(ACME, "select count(*) from history where not active and id = '" + before + "'"));
    }

    /** The process dies at each step that leaves something behind; what was there stays, and the next run goes on. */
    @Test
    void interrupted_anywhere_the_backup_is_whole_and_the_next_run_goes_on() throws Exception {
        backup();
        int step = 0;
        while (true) {
            here.remember(ACME, ANN, "g" + step, "memory number " + step);
            if (step > 0) here.forget(ACME, ANN, "g" + (step - 1));
            int runs = new BackupSet(data, keys).manifests().size();
            if (!dies(step)) break;
            int left = verified().runs();
            assertTrue(left == runs || left == runs + 1);
            restored(null);
            assertEquals(left + 1, backup().number());
            assertEquals(here.texts(ACME), restored(null).texts(ACME), "after step " + step);
            step++;
        }
        assertTrue(step >= 6, "steps: " + step);
    }

    private boolean dies(int at) throws IOException, SQLException {
        int[] reached = {0};
        Backup backup = new Backup(here.database, data, keys, () -> masters, _ -> {
            if (reached[0]++ == at) throw new IllegalStateException("killed");
        });
        try {
            backup.run(false);
            return false;
        } catch (IllegalStateException e) {
            assertEquals("killed", e.getMessage());
            return true;
        }
    }

    private Backup.Result backup() throws IOException, SQLException {
        return new Backup(here.database, data, keys, () -> masters).run(false);
    }

    private Verification verified() throws IOException, SQLException {
        return Verification.of(data, keys, masters);
    }

    private Installation restored(@Nullable Instant to) throws IOException, SQLException {
        Installation other = Installation.with(masters);
        restore(other, to, false, List.of());
        return other;
    }

    private Restore.Result restore(Installation into, @Nullable Instant to, boolean replace, List<Path> lists)
            throws IOException, SQLException {
        return Restore.run(into.database, data, keys, masters, to, replace, lists);
    }

    private Instant now() throws SQLException {
        return Instant.ofEpochMilli(
                here.number(ACME, "select cast(ceil(extract(epoch from clock_timestamp()) * 1000) as bigint)"));
    }

    private List<String> keysInBackup() throws IOException {
        KeyFiles index = new BackupSet(data, keys).index(new BackupSet(data, keys).manifests());
        List<String> found = new ArrayList<>();
        assertTrue(index != null);
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".keys.gz")).toList())
                try (LineReader reader = new LineReader(file)) {
                    for (var line = reader.next(); line != null; line = reader.next())
                        found.add(line.path("memory").asText());
                }
        }
        found.sort(null);
        return found;
    }

    private static String refusal(Executable work) {
        return String.valueOf(assertThrows(Refusal.class, work).getMessage());
    }
}
