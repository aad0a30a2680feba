package ai.chela.memory.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.config.TestSettings;
import ai.chela.memory.embedding.Embedder.Outcome;
import ai.chela.memory.embedding.Embedder.Purpose;
import ai.chela.memory.embedding.Embedder.Reason;
import ai.chela.memory.embedding.Embedder.Vector;
import ai.chela.memory.remote.TestCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HTTP server in this process. */
class EndpointEmbedderTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path home = Path.of("");

    private final List<AutoCloseable> open = new ArrayList<>();
    private FakeEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = new FakeEndpoint();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) each.close();
        endpoint.close();
    }

    @Test
    void the_dimensions_are_those_of_the_first_answer() {
        EndpointEmbedder embedder = met(Map.of());
        Embedder.Model model = Objects.requireNonNull(embedder.modelFor("x"));
        assertEquals(FakeEndpoint.DIMENSIONS, model.dimensions());
        assertTrue(model.name().matches("endpoint-bge-m3-[0-9a-f]{12}-8"), model.name());
        assertEquals(List.of(model), embedder.models());
    }

    @Test
    void until_it_was_met_there_is_no_model_and_it_is_asked_again() {
        endpoint.behave((exchange, _) -> FakeEndpoint.send(exchange, 500, "not now"));
        EndpointEmbedder embedder = embedder(Map.of());
        assertNull(embedder.modelFor("x"));
        await(() -> embedder.state().contains("status 500"));
        endpoint.behave(FakeEndpoint::vectors);
        await(() -> !embedder.models().isEmpty());
    }

    @Test
    void at_the_next_start_the_model_is_known_before_it_answers() {
        Embedder.Model model = met(Map.of()).modelFor("x");
        endpoint.behave((exchange, _) -> FakeEndpoint.send(exchange, 500, ""));
        assertEquals(model, embedder(Map.of()).modelFor("x"));
    }

    @Test
    void a_damaged_note_of_the_model_is_made_anew() throws IOException {
        Embedder.Model model = Objects.requireNonNull(met(Map.of()).modelFor("x"));
        try (var notes = Files.list(home.resolve("embedding"))) {
            for (Path note : notes.toList()) Files.writeString(note, "{\"model\":");
        }
        assertEquals(model, met(Map.of()).modelFor("x"));
    }

    @Test
    void vectors_come_in_the_order_of_the_texts_and_have_length_one() {
        EndpointEmbedder embedder = met(Map.of("batch", "2"));
        List<Vector> vectors = vectors(embedder, "one", "two", "three");
        assertEquals(3, vectors.size());
        for (int i = 0; i < 3; i++) {
            float[] expected = Vector.ofLengthOne(
                    FakeEndpoint.vector(List.of("one", "two", "three").get(i), 8));
            assertEquals(1, vectors.get(i).cosine(new Vector(vectors.get(i).model(), expected)), 1e-5);
        }
    }

    @Test
    void one_call_carries_no_more_than_a_batch() {
        vectors(met(Map.of("batch", "5")), Collections.nCopies(12, "x").toArray(String[]::new));
        assertTrue(endpoint.requests().stream()
                .allMatch(request -> request.path("input").size() <= 5));
    }

    @Test
    void the_credential_is_read_at_each_call_and_sent_as_bearer() throws IOException {
        Files.writeString(home.resolve("key"), "first\n");
        EndpointEmbedder embedder = met(Map.of("api-key", "file:key"));
        Files.writeString(home.resolve("key"), "second\n");
        vectors(embedder, "x");
        assertEquals("Bearer first", endpoint.credentials().getFirst());
        assertEquals("Bearer second", endpoint.credentials().getLast());
    }

    @Test
    void a_credential_that_is_not_there_is_told_without_a_call() {
        EndpointEmbedder embedder = embedder(Map.of("api-key", "${NOT_SET_ANYWHERE_BY_ANYBODY}"));
        await(() -> embedder.state().contains("NOT_SET_ANYWHERE_BY_ANYBODY"));
        assertEquals(List.of(), endpoint.requests());
    }

    @Test
    void who_asks_a_question_does_not_wait_for_a_slow_endpoint() {
        EndpointEmbedder embedder = met(Map.of("question-timeout", "100ms"));
        CountDownLatch end = new CountDownLatch(1);
        open.add(end::countDown);
        endpoint.behave((exchange, request) -> {
            awaitQuietly(end);
            FakeEndpoint.vectors(exchange, request);
        });
        long start = System.nanoTime();
        assertEquals(Reason.FAILED, notNow(embedder, Purpose.QUESTION, "x"));
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 5);
        assertTrue(embedder.state().contains("100 ms"), embedder.state());
    }

    @Test
    void an_answer_that_never_ends_is_cut_off_in_time() {
        EndpointEmbedder embedder = met(Map.of("question-timeout", "200ms"));
        CountDownLatch end = new CountDownLatch(1);
        open.add(end::countDown);
        endpoint.behave((exchange, _) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            awaitQuietly(end);
        });
        assertEquals(Reason.FAILED, notNow(embedder, Purpose.QUESTION, "x"));
    }

    @Test
    void a_failing_endpoint_is_tried_again_for_facts() {
        EndpointEmbedder embedder = met(Map.of());
        int before = endpoint.requests().size();
        endpoint.behave((exchange, request) -> {
            if (endpoint.requests().size() < before + 2) FakeEndpoint.send(exchange, 500, "");
            else FakeEndpoint.vectors(exchange, request);
        });
        assertEquals(1, vectors(embedder, "x").size());
        assertEquals(before + 3, endpoint.requests().size());
    }

    @Test
    void an_endpoint_that_keeps_failing_is_left_alone_for_a_while() {
        EndpointEmbedder embedder = met(Map.of());
        endpoint.behave((exchange, _) -> FakeEndpoint.send(exchange, 500, ""));
        for (int i = 0; i < 5; i++) notNow(embedder, Purpose.QUESTION, "x");
        int asked = endpoint.requests().size();
        assertEquals(Reason.FAILED, notNow(embedder, Purpose.QUESTION, "x"));
        assertEquals(asked, endpoint.requests().size());
    }

    @Test
    void an_endpoint_that_asks_for_a_pause_gets_it() {
        EndpointEmbedder embedder = met(Map.of());
        endpoint.behave((exchange, _) -> {
            exchange.getResponseHeaders().add("Retry-After", "60");
            FakeEndpoint.send(exchange, 429, "");
        });
        assertEquals(Reason.BUSY, notNow(embedder, Purpose.FACT, "x"));
        int asked = endpoint.requests().size();
        assertEquals(Reason.FAILED, notNow(embedder, Purpose.FACT, "x"));
        assertEquals(Reason.FAILED, notNow(embedder, Purpose.QUESTION, "x"));
        assertEquals(asked, endpoint.requests().size());
    }

    @Test
    void vectors_of_another_length_are_refused_and_it_is_said_what_to_do() {
        EndpointEmbedder embedder = met(Map.of());
        endpoint.behave((exchange, request) -> FakeEndpoint.vectors(exchange, request, 4));
        assertEquals(Reason.FAILED, notNow(embedder, Purpose.QUESTION, "x"));
        assertTrue(embedder.state().contains("4 numbers, before of 8"), embedder.state());
        assertTrue(embedder.state().contains("Restart"), embedder.state());
    }

    @Test
    void a_model_that_has_changed_while_the_service_was_down_is_a_new_one_after_a_restart() {
        met(Map.of());
        endpoint.behave((exchange, request) -> FakeEndpoint.vectors(exchange, request, 4));
        EndpointEmbedder second = embedder(Map.of());
        await(() -> second.state().contains("Restart"));
        EndpointEmbedder third = embedder(Map.of());
        await(() -> third.models().stream().anyMatch(model -> model.dimensions() == 4));
    }

    @Test
    void an_answer_that_is_too_large_is_not_read() {
        EndpointEmbedder embedder = met(Map.of());
        endpoint.behave((exchange, _) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(1 << 16).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            for (int i = 0; i < 1 << 10; i++) exchange.getResponseBody().write(spaces);
        });
        assertEquals(Reason.FAILED, notNow(embedder, Purpose.QUESTION, "x"));
        assertTrue(embedder.state().contains("capacity"), embedder.state());
    }

    @Test
    void what_is_no_json_or_has_no_vectors_is_refused() {
        EndpointEmbedder embedder = met(Map.of());
        Map<String, String> answers = new HashMap<>();
        answers.put("<html>proxy error</html>", "no list of embeddings");
        answers.put("{\"data\":[]}", "0 vectors for 1 texts");
        answers.put("{}", "0 vectors for 1 texts");
        answers.put("{\"data\":[{\"index\":7,\"embedding\":[1]}]}", "index 7");
        answers.put("{\"data\":[{\"index\":0,\"embedding\":null}]}", "empty vector");
        answers.put("{\"data\":[{\"index\":0,\"embedding\":[0,0,0,0,0,0,0,0]}]}", "zeros");
        answers.forEach((body, problem) -> {
            assertTrue(
                    EndpointAnswer.of(200, java.util.Optional.empty(), bytes(body), 1, Clock.systemUTC())
                                    instanceof EndpointAnswer.Failed(String why)
                            && why.contains(problem),
                    body);
        });
        endpoint.behave((exchange, _) -> FakeEndpoint.send(exchange, 200, "<html>proxy error</html>"));
        assertEquals(Reason.FAILED, notNow(embedder, Purpose.QUESTION, "x"));
    }

    @Test
    void a_text_that_is_too_long_for_it_is_sent_shorter() {
        EndpointEmbedder embedder = met(Map.of("characters", "4000"));
        endpoint.behave((exchange, request) -> {
            boolean tooLong = request.path("input")
                    .valueStream()
                    .anyMatch(text -> text.asText().length() > 600);
            if (tooLong) FakeEndpoint.send(exchange, 400, "{\"error\":\"context length\"}");
            else FakeEndpoint.vectors(exchange, request);
        });
        assertEquals(3, vectors(embedder, "one", "long ".repeat(2_000), "three").size());
    }

    @Test
    void a_text_that_it_will_not_take_at_all_is_not_asked_for_again() {
        EndpointEmbedder embedder = met(Map.of());
        endpoint.behave((exchange, _) -> FakeEndpoint.send(exchange, 400, ""));
        assertEquals(Reason.REFUSED, notNow(embedder, Purpose.FACT, "x"));
    }

    @Test
    void when_too_many_wait_the_next_is_told_so() {
        EndpointEmbedder embedder = met(Map.of());
        CountDownLatch end = new CountDownLatch(1);
        open.add(end::countDown);
        endpoint.behave((exchange, request) -> {
            awaitQuietly(end);
            FakeEndpoint.vectors(exchange, request);
        });
        Embedder.Model model = Objects.requireNonNull(embedder.modelFor("x"));
        var all = IntStream.range(0, 9)
                .mapToObj(_ -> embedder.embed(Purpose.QUESTION, model, List.of("x")))
                .toList();
        assertEquals(
                new Outcome.NotNow(Reason.BUSY),
                all.getLast().toCompletableFuture().getNow(new Outcome.Vectors(List.of())));
    }

    @Test
    void prefixes_stand_before_texts_and_make_another_model() {
        EndpointEmbedder plain = met(Map.of());
        EndpointEmbedder prefixed = met(Map.of("question-prefix", "query: ", "fact-prefix", "passage: "));
        assertNotEquals(plain.modelFor("x"), prefixed.modelFor("x"));
        vectors(prefixed, "hello");
        assertEquals(
                "passage: hello",
                endpoint.requests().getLast().path("input").get(0).asText());
    }

    @Test
    void hostile_texts_are_sent_as_they_are_or_cut() {
        EndpointEmbedder embedder = met(Map.of());
        assertEquals(
                5,
                vectors(embedder, "", " ", "\u0000", "\"}]", "😀".repeat(5_000)).size());
    }

    @Test
    void a_certificate_of_ones_own_authority_is_trusted_where_it_is_named_and_nowhere_else() throws Exception {
        TestCertificate certificate = TestCertificate.make(home);
        try (FakeEndpoint secure = new FakeEndpoint(certificate.server())) {
            met(Map.of(
                    "base-url",
                    secure.baseUrl(),
                    "ca-file",
                    certificate.certificate().toString()));
            EndpointEmbedder wary = embedder(Map.of("base-url", secure.baseUrl(), "model", "another"));
            await(() -> wary.state().contains("SSLHandshakeException"));
        }
    }

    @Test
    void settings_that_cannot_be_used_are_refused_by_key() {
        refused(Map.of("base-url", "127.0.0.1:11434"), "embedding-endpoint.base-url");
        refused(Map.of("base-url", "http://me:secret@127.0.0.1/v1"), "embedding-endpoint.base-url");
        refused(Map.of("model", " "), "embedding-endpoint.model");
        refused(Map.of("api-key", "sk-literally-me"), "embedding-endpoint.api-key");
        refused(Map.of("batch", "65"), "embedding-endpoint.batch");
        refused(Map.of("timeout", "1h"), "embedding-endpoint.timeout");
        refused(Map.of("ca-file", "/nowhere.pem"), "embedding-endpoint.ca-file");
    }

    private void refused(Map<String, String> changed, String key) {
        var refused = assertThrows(EmbeddingConfigException.class, () -> settings(changed));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("chela.memory." + key + ": "), message);
        assertTrue(!message.contains("sk-literally-me") && !message.contains("secret@"), message);
    }

    private EndpointSettings settings(Map<String, String> changed) {
        Map<String, String> values = new HashMap<>();
        values.put("base-url", endpoint.baseUrl());
        values.put("model", "bge-m3");
        values.putAll(changed);
        Map<String, String> all = new HashMap<>();
        values.forEach((key, value) -> all.put("chela.memory.embedding-endpoint." + key, value.replace("${", "\\${")));
        MemorySettings settings = TestSettings.of(all);
        return EndpointSettings.of(settings.embeddingEndpoint(), home);
    }

    private EndpointEmbedder embedder(Map<String, String> changed) {
        EndpointEmbedder embedder = new EndpointEmbedder(
                settings(changed), new Introductions(home), Clock.systemUTC(), new SimpleMeterRegistry());
        open.addFirst(embedder);
        return embedder;
    }

    private EndpointEmbedder met(Map<String, String> changed) {
        EndpointEmbedder embedder = embedder(changed);
        await(() -> embedder.state().endsWith("ready") && !embedder.models().isEmpty());
        return embedder;
    }

    private static List<Vector> vectors(Embedder embedder, String... texts) {
        Embedder.Model model = Objects.requireNonNull(embedder.modelFor("x"));
        Outcome outcome = embedder.embed(Purpose.FACT, model, List.of(texts))
                .toCompletableFuture()
                .join();
        if (outcome instanceof Outcome.Vectors(List<Vector> vectors)) return vectors;
        throw new AssertionError(outcome + " " + embedder.state());
    }

    private static Reason notNow(Embedder embedder, Purpose purpose, String text) {
        Embedder.Model model = Objects.requireNonNull(embedder.modelFor("x"));
        Outcome outcome = embedder.embed(purpose, model, List.of(text))
                .toCompletableFuture()
                .join();
        if (outcome instanceof Outcome.NotNow(Reason reason)) return reason;
        throw new AssertionError(outcome);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void await(BooleanSupplier condition) {
        for (long end = System.nanoTime() + LIMIT.toNanos();
                !condition.getAsBoolean();
                LockSupport.parkNanos(1_000_000))
            if (System.nanoTime() > end) throw new AssertionError("not within " + LIMIT);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
