package ai.chela.memory.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.TestMasterKey;
import ai.chela.memory.keys.Renewals.Progress;
import ai.chela.memory.keys.Renewals.Renewal;
import ai.chela.memory.operator.Database;
import ai.chela.memory.operator.Refusal;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class KeyRenewalTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final String LIFT = "the lift is out of order";

    /** More than are wrapped in one step. */
    private static final int MANY = 120;

    @Inject
    MemoryDriver memory;

    @Inject
    KeyRenewal renewal;

    @ConfigProperty(name = "quarkus.datasource.migration.jdbc.url")
    String url = "";

    private final Voice ann = new Voice("t-" + Ids.random(), "ann", false);
    private final Renewal ofAnn = new Renewal(ann.tenant(), "person:ann");
    private final Renewal ofTenant = new Renewal(ann.tenant(), "");

    @Test
    void everything_is_under_the_new_keys_afterwards_and_the_former_ones_are_gone() throws SQLException {
        memory.remember(ann, LIFT);
        memory.remember(ann.inRoom(), "the office closes at 8 pm");
        List<byte[]> before = wrapped();
        assertEquals(3, book().want(null));
        finish();
        assertEquals(List.of(2L), numbers("select distinct generation from tenant_key"));
        assertEquals(List.of(2L), numbers("select distinct generation from scope_key"));
        assertEquals(List.of(2L), numbers("select distinct under from scope_key"));
        assertEquals(List.of(2L), numbers("select distinct under from memory_key"));
        assertEquals(List.of(2L), numbers("select distinct marked from fact"));
        assertEquals(List.of(0L), numbers("select count(*) from key_renewal"));
        for (byte[] each : wrapped()) assertTrue(before.stream().noneMatch(it -> java.util.Arrays.equals(it, each)));
        assertEquals(LIFT, memory.answer(ann, "is the lift out of order?"));
    }

    /** A renewal dies after each of its steps; what is asked and told meanwhile is right, and the next one goes on. */
    @Test
    void after_every_step_all_can_be_read_told_corrected_and_forgotten() throws SQLException {
        for (int i = 0; i < MANY; i++) memory.remember(ann, "box " + i + " is in room " + (i + 1000));
        book().want("ann");
        for (int step = 0; ; step++) {
            // what a crash loses is where the step before ended
            Progress progress = await(renewal.step(ofAnn, 0, AT_ONCE));
            assertEquals("box 7 is in room 1007", memory.answer(ann, "in which room is box 7?"));
            assertEquals(MANY, memory.list(ann).total());
            MemoryChanged.Remembered again =
                    assertInstanceOf(MemoryChanged.Remembered.class, memory.remember(ann, "box 9 is in room 1009"));
            assertTrue(again.known(), "after step " + step);
            String told = memory.stored(ann, "lamp " + step + " is green").id();
            memory.correct(ann, told, "lamp " + step + " is blue");
            assertInstanceOf(MemoryChanged.Forgotten.class, memory.forget(ann, told));
            if (progress instanceof Progress.Done) break;
            assertTrue(step < 20, "no end");
        }
        assertEquals(List.of(2L), numbers("select distinct under from memory_key"));
        assertEquals(List.of(2L), numbers("select distinct marked from fact"));
    }

    @Test
    void a_former_key_stays_for_a_while_after_nothing_hangs_on_it() throws SQLException {
        memory.remember(ann, LIFT);
        book().want("ann");
        Duration patience = Duration.ofHours(1);
        await(renewal.round(patience));
        await(renewal.round(patience));
        assertEquals(List.of(2L), numbers("select under from memory_key"));
        assertEquals(List.of(1L), numbers("select generation from key_renewal where idle_since is not null"));
        finish();
        assertEquals(List.of(2L), numbers("select generation from scope_key"));
    }

    @Test
    void the_key_of_a_tenant_is_renewed_while_those_of_its_scopes_are() throws SQLException {
        for (int i = 0; i < MANY; i++) memory.remember(ann, "box " + i + " is in room " + (i + 1000));
        book().want(null);
        await(renewal.step(ofAnn, 0, AT_ONCE));
        await(renewal.step(ofTenant, 0, AT_ONCE));
        await(renewal.step(ofAnn, 0, AT_ONCE));
        await(renewal.step(ofTenant, 0, AT_ONCE));
        assertEquals("box 7 is in room 1007", memory.answer(ann, "in which room is box 7?"));
        Voice bob = ann.as("bob");
        memory.remember(bob, LIFT);
        finish();
        assertEquals(List.of(2L), numbers("select distinct under from scope_key"));
        assertEquals(
                List.of(1L),
                memory.read(bob, Long.class, "select generation from scope_key where scope = 'person:bob'"));
        assertEquals(LIFT, memory.answer(bob, "is the lift out of order?"));
        assertEquals("box 7 is in room 1007", memory.answer(ann, "in which room is box 7?"));
    }

    @Test
    void it_can_be_done_again_and_again() throws SQLException {
        memory.remember(ann, LIFT);
        for (int round = 0; round < 3; round++) {
            book().want(null);
            finish();
        }
        assertEquals(List.of(4L), numbers("select distinct under from memory_key"));
        assertEquals(LIFT, memory.answer(ann, "is the lift out of order?"));
    }

    @Test
    void what_is_under_way_is_not_begun_again_and_a_person_without_memories_has_no_key() throws SQLException {
        memory.remember(ann, LIFT);
        book().want("ann");
        assertThrows(Refusal.class, () -> book().want("ann"));
        assertThrows(Refusal.class, () -> book().want("nobody"));
        assertEquals(1, book().want(null));
    }

    @Test
    void two_operators_can_want_it_at_once() throws Exception {
        memory.remember(ann, LIFT);
        Database database = new Database(url, "test", "test", "test");
        CompletableFuture<Integer> second;
        try (Connection first = database.worker();
                Statement statement = first.createStatement()) {
            Database.bind(first, ann.tenant());
            statement.execute("insert into key_renewal (tenant, scope) values ('" + ann.tenant() + "', 'person:ann')");
            second = CompletableFuture.supplyAsync(() -> {
                try {
                    return book().want(null);
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            long pid = pid(statement);
            Instant end = Instant.now().plus(LIMIT);
            // it has seen the table before the commit, and now waits for it
            while (numbers("select count(*) from pg_stat_activity where " + pid + " = any(pg_blocking_pids(pid))")
                    .equals(List.of(0L))) assertTrue(Instant.now().isBefore(end), "nobody waits");
            first.commit();
        }
        assertEquals(1, second.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void it_is_audited() throws SQLException {
        memory.remember(ann, LIFT);
        book().want("ann");
        finish();
        List<String> published = memory.read(ann, String.class, "select convert_from(payload, 'UTF8') from outbox");
        for (String action : List.of("key.renewal-wanted", "key.renewed", "key.destroyed"))
            assertTrue(published.stream().anyMatch(payload -> payload.contains(action)), action);
    }

    @Test
    void marks_that_a_restore_brought_back_are_made_anew() {
        memory.remember(ann, LIFT);
        memory.read(ann, String.class, "update fact set marked = 7, fingerprint = '\\x00', gist = null returning id");
        memory.read(
                ann,
                String.class,
                "insert into key_renewal (tenant, scope, generation) values (?1, 'person:ann', 0) returning scope",
                ann.tenant());
        finish();
        assertTrue(((MemoryChanged.Remembered) memory.remember(ann, LIFT)).known());
    }

    private static long pid(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            assertTrue(row.next());
            return row.getLong(1);
        }
    }

    /** A round leaves what the one in the background is at. */
    private void finish() {
        for (int round = 0; !numbers("select count(*) from key_renewal").equals(List.of(0L)); round++) {
            await(renewal.round(AT_ONCE));
            assertTrue(round < 100, "no end");
        }
    }

    private RenewalBook book() {
        return new RenewalBook(new Database(url, "test", "test", "test"), ann.tenant());
    }

    private List<byte[]> wrapped() {
        return memory.read(
                ann,
                byte[].class,
                "select wrapped from tenant_key union all select wrapped from scope_key"
                        + " union all select wrapped from memory_key");
    }

    private List<Long> numbers(String sql) {
        return memory.read(ann, Long.class, sql);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
