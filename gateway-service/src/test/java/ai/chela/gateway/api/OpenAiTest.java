package ai.chela.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.MessageReceived;
import ai.chela.contracts.turn.Reply;
import ai.chela.contracts.turn.ReplyPartial;
import ai.chela.gateway.GatewayCase;
import ai.chela.gateway.SseReader;
import ai.chela.gateway.TestAgent;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenAiTest extends GatewayCase {
    @SuppressWarnings("NullAway.Init") // opened before each test
    private TestAgent agent;

    private String text = "";

    @BeforeEach
    void open() {
        agent = new TestAgent(kafka, Topic.MESSAGE_RECEIVED);
        text = "question " + Ids.random();
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void the_models_are_listed() {
        Answer answer = get(ANNA, "/v1/models");
        assertEquals("chela", answer.body().at("/data/0/id").asText());
        assertEquals("chela-plain", answer.body().at("/data/1/id").asText());
    }

    @Test
    void a_completion_has_the_shape_that_clients_expect() {
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> send(request("chela", false).build()));
        answer(asked(), "four");
        Answer answer = waiting.join();
        assertEquals(200, answer.status());
        assertEquals("chat.completion", answer.text("object"));
        assertEquals("assistant", answer.body().at("/choices/0/message/role").asText());
        assertEquals("four", answer.body().at("/choices/0/message/content").asText());
        assertEquals("stop", answer.body().at("/choices/0/finish_reason").asText());
        assertTrue(answer.body().at("/usage/total_tokens").isInt());
    }

    @Test
    void the_plain_model_asks_for_the_model_alone() {
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                () -> send(request("chela-plain", false).build()));
        Received<MessageReceived> asked = asked();
        answer(asked, "a title");
        waiting.join();
        assertEquals(MessageReceived.Mode.PLAIN, asked.payload().mode());
    }

    @Test
    void a_stream_is_chunks_that_together_are_the_answer() throws Exception {
        HttpRequest request = request("chela", true).build();
        try (SseReader stream = new SseReader(http(), request)) {
            assertEquals("assistant", delta(stream.next()).path("role").asText());
            Received<MessageReceived> asked = asked();
            partial(asked, 0, "fo");
            assertEquals("fo", delta(stream.next()).path("content").asText());
            answer(asked, "four");
            assertEquals("ur", delta(stream.next()).path("content").asText());
            assertEquals(
                    "stop", stream.next().json().at("/choices/0/finish_reason").asText());
            assertEquals("[DONE]", stream.next().data());
            assertEquals("end", stream.next().name());
        }
    }

    @Test
    void the_usage_is_told_where_a_stream_asks_for_it() throws Exception {
        String body = body("chela", true)
                .replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        try (SseReader stream = new SseReader(http(), request(body).build())) {
            answer(asked(), "four");
            stream.next();
            stream.next();
            stream.next();
            assertTrue(stream.next().json().path("usage").path("total_tokens").isInt());
            assertEquals("[DONE]", stream.next().data());
        }
    }

    @Test
    void a_turn_that_failed_is_an_error_that_is_not_tried_again() {
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> send(request("chela", false).build()));
        Received<MessageReceived> asked = asked();
        agent.publish(
                Topic.REPLY,
                conversation(asked),
                new Reply.Failed(asked.payload().messageId(), "model.unreachable", "No model.", Instant.now()));
        Answer answer = waiting.join();
        assertEquals(502, answer.status());
        assertEquals("model.unreachable", answer.body().at("/error/code").asText());
        assertEquals("false", answer.header("x-should-retry"));
    }

    @Test
    void the_same_key_gets_the_same_answer() {
        String key = Ids.random();
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() ->
                send(request("chela", false).header("Idempotency-Key", key).build()));
        answer(asked(), "four");
        waiting.join();
        Answer again =
                send(request("chela", false).header("Idempotency-Key", key).build());
        assertEquals("four", again.body().at("/choices/0/message/content").asText());
    }

    @Test
    void the_same_key_with_another_text_is_a_conflict() {
        String key = Ids.random();
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() ->
                send(request("chela", false).header("Idempotency-Key", key).build()));
        answer(asked(), "four");
        waiting.join();
        text = "something else";
        assertEquals(
                409,
                send(request("chela", false).header("Idempotency-Key", key).build())
                        .status());
    }

    @Test
    void the_conversation_is_named_by_a_header_and_never_by_user() {
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> send(request("chela", false)
                .header("X-Chela-Conversation", conversation)
                .build()));
        Received<MessageReceived> asked = asked();
        answer(asked, "four");
        assertEquals(conversation, waiting.join().header("X-Chela-Conversation"));
        assertEquals("anna/" + conversation, conversation(asked));
        assertTrue(String.valueOf(asked.payload().laterArrives()).contains(conversation));
    }

    @Test
    void a_wrong_token_is_an_error_in_OpenAIs_form() {
        Answer answer = get("wrong-token-0123456789", "/v1/models");
        assertEquals(401, answer.status());
        assertEquals("authentication_error", answer.body().at("/error/type").asText());
    }

    @Test
    void malformed_JSON_is_an_error_in_OpenAIs_form() {
        Answer answer = post(ANNA, "/v1/chat/completions", "{\"model\":");
        assertEquals(400, answer.status());
        assertEquals("invalid_request_error", answer.body().at("/error/type").asText());
    }

    @Test
    void an_unknown_model_is_not_found() {
        assertEquals(
                404, post(ANNA, "/v1/chat/completions", body("gpt-5", false)).status());
    }

    @Test
    void an_unknown_path_is_an_error_in_OpenAIs_form() {
        assertEquals(
                "not_found",
                get(ANNA, "/v1/embeddings").body().at("/error/code").asText());
    }

    @Test
    void the_endpoints_are_in_the_served_document() throws Exception {
        String document = http().send(
                        request("", "/api/openapi").build(), java.net.http.HttpResponse.BodyHandlers.ofString())
                .body();
        assertTrue(document.contains("/v1/chat/completions"), document);
        assertTrue(document.contains("/api/v1/conversations/{name}/messages"), document);
    }

    private String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"user\":\"x\",\"messages\":"
                + "[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    @Test
    void a_body_that_nothing_takes_is_refused_in_the_form_that_clients_read() {
        Answer answer = send(request("x".repeat(4_200_000)).build());
        assertEquals(413, answer.status());
        assertEquals("too_large", answer.body().at("/error/code").asText());
    }

    private HttpRequest.Builder request(String model, boolean stream) {
        return request(body(model, stream));
    }

    private HttpRequest.Builder request(String body) {
        return request(ANNA, "/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private Received<MessageReceived> asked() {
        return agent.await(
                Topic.MESSAGE_RECEIVED,
                MessageReceived.class,
                r -> r.payload().text().equals(text));
    }

    private static String conversation(Received<MessageReceived> asked) {
        return String.valueOf(asked.envelope().conversation());
    }

    private void answer(Received<MessageReceived> asked, String answer) {
        agent.publish(
                Topic.REPLY,
                conversation(asked),
                new Reply.Answer(asked.payload().messageId(), answer, null, Instant.now()));
    }

    private void partial(Received<MessageReceived> asked, int index, String piece) {
        agent.publish(
                Topic.REPLY_PARTIAL,
                conversation(asked),
                new ReplyPartial(asked.payload().messageId(), 1, index, piece));
    }

    private static com.fasterxml.jackson.databind.JsonNode delta(SseReader.Event event) {
        return event.json().at("/choices/0/delta");
    }
}
