package ai.chela.memory.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.config.TestSettings;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.FixedModels;
import ai.chela.memory.index.History;
import ai.chela.memory.index.IndexException;
import ai.chela.memory.index.MemoryIndex;
import ai.chela.memory.index.MemoryIndexConformance;
import ai.chela.memory.index.Place;
import ai.chela.memory.index.Query;
import ai.chela.memory.index.Step;
import ai.chela.memory.remote.TestCertificate;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qdrant.client.grpc.Collections.CreateCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index against a server in this process, over real gRPC. */
class FakeQdrantConformanceTest extends MemoryIndexConformance {
    private static final String FIRST = "0123456789ab";
    private static final String SECOND = "cdef01234567";
    private static final String ALIAS = "chela-memory-" + FIRST;

    @TempDir
    Path folder = Path.of("");

    private FakeQdrant server = new FakeQdrant();
    private QdrantIndex index = open(Map.of());

    @BeforeEach
    void fresh() {
        close();
        server = new FakeQdrant();
        index = open(Map.of());
    }

    @AfterEach
    void close() {
        index.close();
        server.close();
    }

    @Override
    protected MemoryIndex index() {
        return index;
    }

    private QdrantIndex open(Map<String, String> changed) {
        return open(changed, new History(FIRST, List.of()));
    }

    private QdrantIndex open(Map<String, String> changed, History history) {
        return new QdrantIndex(
                settings(changed), history, new FixedModels(), Clock.systemUTC(), new SimpleMeterRegistry());
    }

    private QdrantSettings settings(Map<String, String> changed) {
        Map<String, String> all = new HashMap<>();
        all.put("chela.memory.qdrant.port", String.valueOf(server.port()));
        // nobody waits in most tests, and the machine may be busy
        all.put("chela.memory.qdrant.search-timeout", "20s");
        changed.forEach((key, value) -> all.put("chela.memory.qdrant." + key, value.replace("${", "\\${")));
        MemorySettings settings = TestSettings.of(all);
        return QdrantSettings.of(settings.qdrant(), folder);
    }

    @Test
    void two_instances_share_what_they_know() {
        try (QdrantIndex other = open(Map.of())) {
            put(room(), 1, "a", "lift");
            assertEquals(Map.of(room().scope(), 1L), done(other.reached(room().tenant(), Set.of(room().scope()))));
            assertEquals(1, done(other.search(words("lift"))).candidates().size());
        }
    }

    @Test
    void the_collection_stands_behind_an_alias_and_is_made_for_many_tenants() {
        put(room(), 1, "a", "lift");
        assertEquals(Map.of(ALIAS, ALIAS + "-1"), server.aliases);
        CreateCollection form = server.collection(ALIAS).form;
        assertEquals(0, form.getHnswConfig().getM());
        assertTrue(form.getHnswConfig().getPayloadM() > 0);
        assertTrue(form.getQuantizationConfig().hasScalar());
        assertEquals(Set.of("words"), form.getSparseVectorsConfig().getMapMap().keySet());
        assertTrue(server.collection(ALIAS).indexed.containsAll(Set.of("tenant", "scope", "kind", "keys")));
    }

    @Test
    void no_word_of_a_memory_is_stored() {
        put(room(), 1, "a", "xylophone");
        String all = server.collection(ALIAS).points.values().toString();
        assertTrue(all.contains(room().tenant()));
        assertFalse(all.contains("xylophone"));
    }

    @Test
    void what_is_erased_leaves_its_id_and_nothing_else() {
        put(room(), 1, "a", "lift broken");
        addVectors(room(), MODEL, "a");
        done(index.erase(room(), List.of(id("a"))));
        var left = done(index.points(room(), List.of(id("a")))).getFirst();
        assertEquals(
                Set.of("tenant", "scope", "kind", "id", "change", "at"),
                left.getPayloadMap().keySet());
        assertEquals(0, left.getVectors().getVectors().getVectorsCount());
    }

    @Test
    void an_instance_that_was_overtaken_does_not_bring_back_what_is_gone() {
        put(room(), 1, "a", "lift");
        Step late = new Step.Put(2, entry("b", "lift"));
        QdrantWrites slow = new QdrantWrites(
                new QdrantCalls(settings(Map.of()), Clock.systemUTC(), new SimpleMeterRegistry()),
                ALIAS,
                Clock.systemUTC());
        done(index.apply(room(), List.of(late, new Step.Gone(3, id("b")), new Step.Gone(4, id("a"))), 4));
        // it has read the number 1 before the other wrote
        done(slow.apply(room(), List.of(late), 2, 1));
        assertEquals(Set.of(), found(room(), "lift"));
        assertEquals(4, reached(room()));
    }

    @Test
    void when_the_collection_was_dropped_all_is_begun_again() {
        put(room(), 5, "a", "lift");
        server.collections.clear();
        server.aliases.clear();
        assertEquals(0, reached(room()));
        put(room(), 5, "a", "lift");
        assertEquals(ids("a"), found(room(), "lift"));
    }

    @Test
    void a_new_model_gets_room_beside_the_others() {
        put(room(), 1, "a", "lift");
        var third = new ai.chela.memory.embedding.Embedder.Model("another model / of anybody's", 64);
        addVectors(room(), MODEL, "a");
        addVectors(room(), third, "a");
        assertEquals(ids("a"), near(room(), third, "a", 5));
        assertEquals(ids("a"), near(room(), MODEL, "a", 5));
    }

    @Test
    void a_collection_of_an_older_form_serves_until_the_new_one_is_filled() {
        put(room(), 3, "a", "lift");
        addVectors(room(), MODEL, "a");
        for (int i = 0; i < 600; i++)
            put(new Place(room().tenant(), new Scope.Person("p" + i % 7)), i + 1L, "n" + i, "crate");
        server.collections.put(ALIAS + "-0", server.collections.remove(ALIAS + "-1"));
        server.aliases.put(ALIAS, ALIAS + "-0");
        try (QdrantIndex next = open(Map.of())) {
            assertEquals(1, done(next.search(words("lift"))).candidates().size());
            await(() -> Objects.equals(server.aliases.get(ALIAS), ALIAS + "-1")
                    && !server.collections.containsKey(ALIAS + "-0"));
            assertEquals(609, server.collection(ALIAS).points.size());
            assertEquals(3, reached(room()));
            assertEquals(ids("a"), near(room(), MODEL, "a", 5));
        }
    }

    @Test
    void a_restored_database_never_meets_the_collection_from_before_and_that_one_is_dropped() {
        put(room(), 7, "a", "lift");
        try (QdrantIndex restored = open(Map.of(), new History(SECOND, List.of(FIRST)))) {
            assertEquals(Map.of(room().scope(), 0L), done(restored.reached(room().tenant(), Set.of(room().scope()))));
            assertEquals(0, done(restored.search(words("lift"))).candidates().size());
            await(() -> server.collections.keySet().equals(Set.of("chela-memory-" + SECOND + "-1")));
            assertEquals(Set.of("chela-memory-" + SECOND), server.aliases.keySet());
        }
    }

    @Test
    void two_databases_on_one_server_leave_each_other_alone() {
        put(room(), 7, "a", "lift");
        try (QdrantIndex other = open(Map.of(), new History(SECOND, List.of("ffffffffffff")))) {
            assertEquals(0, done(other.search(words("lift"))).candidates().size());
            await(() -> server.calls().contains("List"));
            assertEquals(ids("a"), found(room(), "lift"));
        }
    }

    @Test
    void a_collection_of_a_version_that_named_no_history_serves_on() {
        put(room(), 3, "a", "lift");
        unnamed();
        try (QdrantIndex next = open(Map.of())) {
            assertEquals(1, done(next.search(words("lift"))).candidates().size());
            await(() -> server.collections.keySet().equals(Set.of(ALIAS + "-1")));
            assertEquals(Map.of(ALIAS, ALIAS + "-1"), server.aliases);
        }
    }

    @Test
    void a_collection_of_a_version_that_named_no_history_is_dropped_after_a_restore() {
        put(room(), 3, "a", "lift");
        unnamed();
        try (QdrantIndex restored = open(Map.of(), new History(SECOND, List.of(FIRST)))) {
            assertEquals(0, done(restored.search(words("lift"))).candidates().size());
            await(() -> server.collections.keySet().equals(Set.of("chela-memory-" + SECOND + "-1")));
        }
    }

    private void unnamed() {
        server.collections.put("chela-memory-1", server.collections.remove(ALIAS + "-1"));
        server.aliases.clear();
        server.aliases.put("chela-memory", "chela-memory-1");
    }

    @Test
    void where_a_question_finds_as_much_as_it_may_the_server_counts() {
        for (int i = 0; i < 30; i++) put(room(), i + 1L, "n" + i, "crate box" + i);
        Query few = new Query(room().tenant(), Set.of(room().scope()), Set.of("crate", "box7"), null, 5, 0);
        var counts = Objects.requireNonNull(done(index.search(few)).counts().get(room().scope()));
        assertEquals(30, counts.having("crate"));
        assertEquals(1, counts.having("box7"));
        assertTrue(server.calls().contains("Count"));
    }

    @Test
    void a_server_that_is_away_fails_at_once_and_says_so() {
        put(room(), 1, "a", "lift");
        server.fail(Status.UNAVAILABLE);
        refused("UNAVAILABLE");
        assertTrue(index.state().contains("UNAVAILABLE"), index.state());
    }

    @Test
    void a_server_that_was_away_is_used_again() {
        put(room(), 1, "a", "lift");
        server.fail(Status.UNAVAILABLE);
        refused("UNAVAILABLE");
        server.fail(null);
        assertEquals(ids("a"), found(room(), "lift"));
        assertEquals("ready, Qdrant 1.18.1", index.state());
    }

    @Test
    void a_server_that_hangs_is_not_waited_for() {
        try (QdrantIndex hasty = open(Map.of("search-timeout", "100ms", "write-timeout", "100ms"))) {
            done(hasty.search(words("lift")));
            server.hang(true);
            long start = System.nanoTime();
            assertThrows(CompletionException.class, () -> done(hasty.search(words("lift"))));
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 5);
        }
    }

    @Test
    void a_server_that_keeps_failing_is_left_alone() {
        put(room(), 1, "a", "lift");
        server.fail(Status.UNAVAILABLE);
        for (int i = 0; i < 5; i++) assertThrows(CompletionException.class, () -> done(index.search(words("lift"))));
        int asked = server.calls().size();
        refused("left alone");
        assertEquals(asked, server.calls().size());
    }

    @Test
    void a_server_that_is_too_old_is_refused() {
        server.version("1.15.4");
        refused("\"1.15.4\"");
        server.version("1.19.0");
        assertEquals(Set.of(), found(room(), "lift"));
    }

    @Test
    void the_key_is_read_at_each_call() throws IOException {
        Files.writeString(folder.resolve("key"), "first\n");
        try (QdrantIndex keyed = open(Map.of("api-key", "file:key"))) {
            done(keyed.search(words("lift")));
            assertEquals("first", server.keys().getLast());
            Files.writeString(folder.resolve("key"), "second\n");
            done(keyed.search(words("lift")));
            assertEquals("second", server.keys().getLast());
        }
    }

    @Test
    void a_certificate_of_ones_own_authority_is_trusted_where_it_is_named_and_nowhere_else() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder);
        ServerCredentials credentials = TlsServerCredentials.create(
                certificate.certificate().toFile(), certificate.key().toFile());
        try (FakeQdrant secure = new FakeQdrant(credentials, 0)) {
            String port = String.valueOf(secure.port());
            String file = certificate.certificate().toString();
            try (QdrantIndex trusting = open(Map.of("port", port, "tls", "true", "ca-file", file));
                    QdrantIndex wary = open(Map.of("port", port, "tls", "true"))) {
                assertEquals(
                        0, done(trusting.search(words("lift"))).candidates().size());
                var failed = assertThrows(CompletionException.class, () -> done(wary.search(words("lift"))));
                assertTrue(failed.toString().contains("UNAVAILABLE"), failed::toString);
            }
        }
    }

    @Test
    void settings_that_cannot_be_used_are_refused_by_key() {
        refused(Map.of("port", "0"), "port");
        refused(Map.of("host", "http://qdrant"), "host");
        refused(Map.of("api-key", "literally"), "api-key");
        refused(Map.of("collection", "a/b"), "collection");
        refused(Map.of("search-timeout", "1ms"), "search-timeout");
        refused(Map.of("ca-file", "nowhere.pem"), "ca-file");
    }

    private void refused(Map<String, String> changed, String key) {
        var refused = assertThrows(QdrantConfigException.class, () -> settings(changed));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("chela.memory.qdrant." + key + ": "), message);
        assertFalse(message.contains("literally"), message);
    }

    private void refused(String why) {
        var failed = assertThrows(CompletionException.class, () -> done(index.search(words("lift"))));
        assertTrue(failed.getCause() instanceof IndexException, failed::toString);
        assertTrue(String.valueOf(failed.getCause().getMessage()).contains(why), failed::toString);
    }

    private Query words(String... keys) {
        return new Query(room().tenant(), Set.of(room().scope()), Set.of(keys), null, 10, 0);
    }

    private static void await(BooleanSupplier condition) {
        for (long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                !condition.getAsBoolean();
                LockSupport.parkNanos(1_000_000)) if (System.nanoTime() > end) throw new AssertionError("not in time");
    }
}
