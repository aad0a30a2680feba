package ai.chela.memory.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.TestMasterKey;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.keys.KeyFile;
import ai.chela.memory.operator.Database;
import ai.chela.memory.retention.HoldBook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service itself has stored, backed up while it runs, and restored into another database. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class ServiceBackupTest {
    @Inject
    MemoryDriver memory;

    @Inject
    ErasureFile erasures;

    @ConfigProperty(name = "quarkus.datasource.migration.jdbc.url")
    String url = "";

    @ConfigProperty(name = "chela.master-key")
    String reference = "";

    @ConfigProperty(name = "chela.home")
    String home = "";

    @TempDir
    Path folder = Path.of("");

    private final Voice ann = new Voice("t-" + Ids.random(), "ann", false);

    @Test
    void what_the_service_stored_corrected_and_forgot_is_the_same_after_a_restore() throws Exception {
        RecalledFact first = memory.stored(ann, "the staging database is db-17");
        memory.correct(ann, first.id(), "db-18");
        memory.remember(ann.inRoom(), "生产发布窗口是周四晚上十点");
        RecalledFact gone = memory.stored(ann, "the lift is out of order");
        new Backup(here(), folder, folder.resolve("keys"), this::masters).run(false);
        memory.forget(ann, gone.handle());
        erasures.follow().await().atMost(Duration.ofSeconds(20));

        Database other = another();
        Restore.run(
                other,
                folder,
                folder.resolve("keys"),
                masters(),
                null,
                false,
                List.of(Path.of(home).resolve(ErasureFile.NAME)));
        for (String sql : List.of(
                "select cast(count(*) as text) from fact where id <> '" + gone.id() + "'",
                "select string_agg(scope || facts, ',' order by scope) from memory_scope",
                "select string_agg(person || facts, ',' order by person) from speaker",
                "select cast(last as text) from handle",
                "select string_agg(id, ',' order by id) from erasure"))
            assertEquals(read(here(), sql), read(other, sql), sql);
        assertEquals("0", read(other, "select cast(count(*) as text) from fact where id = '" + gone.id() + "'"));
        assertTrue(Verification.of(folder, folder.resolve("keys"), masters()).opened() instanceof Long);
    }

    @Test
    void the_list_of_erasures_goes_on_where_a_killed_instance_left_it() throws Exception {
        Path file = Path.of(home).resolve(ErasureFile.NAME);
        memory.forget(ann, memory.stored(ann, "the lift is out of order").handle());
        erasures.follow().await().atMost(Duration.ofSeconds(20));
        List<String> before = Files.readAllLines(file);
        erasures.follow().await().atMost(Duration.ofSeconds(20));
        assertEquals(before, Files.readAllLines(file));
        assertTrue(before.stream().anyMatch(line -> line.contains(ann.tenant())));
    }

    @Test
    void a_hold_that_an_operator_sets_is_listed_audited_and_lifted() throws Exception {
        HoldBook book = new HoldBook(here(), ann.tenant());
        book.set("ann", "case 17", "root");
        assertEquals(
                List.of("case 17"),
                book.list().stream().map(HoldBook.Hold::reason).toList());
        assertEquals(
                1,
                memory.read(ann, String.class, "select convert_from(payload, 'UTF8') from outbox").stream()
                        .filter(payload -> payload.contains("memory.hold-set"))
                        .count());
        assertTrue(book.lift("ann"));
        assertEquals(List.of(), book.list());
        assertEquals(false, book.lift("ann"));
    }

    @Test
    void keys_are_counted_by_the_master_key_that_wraps_them() throws Exception {
        memory.remember(ann, "the lift is out of order");
        KeyFile.Status status = new KeyFile(reference, here()).status();
        assertEquals(masters().first().id(), status.wanted());
        assertTrue(status.tenants().getOrDefault(status.wanted(), 0L) > 0);
        assertEquals(0, status.left());
    }

    private Database here() {
        return new Database(url, "test", "test", "test");
    }

    private MasterKeys masters() {
        return MasterKeys.load(reference, Path.of(""));
    }

    /** On the same server, so with the same roles. */
    private Database another() throws Exception {
        String name = "other" + System.nanoTime();
        String root = url.substring(0, url.lastIndexOf('/') + 1);
        try (Connection admin = DriverManager.getConnection(root + "postgres?user=postgres");
                Statement statement = admin.createStatement()) {
            statement.execute("create database " + name);
        }
        try (Connection admin = DriverManager.getConnection(root + name + "?user=postgres");
                Statement statement = admin.createStatement()) {
            statement.execute("create schema memory authorization chela_memory_owner");
        }
        return new Database(root + name, "test", "test", "test");
    }

    private String read(Database database, String sql) throws Exception {
        try (Connection worker = database.worker()) {
            Database.bind(worker, ann.tenant());
            return Tables.strings(worker, sql).getFirst();
        }
    }
}
