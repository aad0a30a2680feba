package ai.chela.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.MessageReceived;
import ai.chela.contracts.turn.Reply;
import ai.chela.gateway.GatewayCase;
import ai.chela.gateway.SseReader;
import ai.chela.gateway.TestAgent;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.wire.Ids;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class MessagesTest extends GatewayCase {
    @Inject
    Transactions transactions;

    @Test
    void a_message_is_stored_numbered_and_published() {
        Answer answer = say(ANNA, "m-1", "hello");
        assertEquals(202, answer.status());
        assertEquals(1, answer.body().path("number").asInt());
        try (TestAgent agent = new TestAgent(kafka, Topic.MESSAGE_RECEIVED)) {
            var received = agent.await(Topic.MESSAGE_RECEIVED, MessageReceived.class, this::isMine);
            assertEquals("hello", received.payload().text());
            assertEquals("anna", received.payload().speaker().id());
            assertEquals("anna/" + conversation, received.envelope().conversation());
        }
    }

    @Test
    void the_same_message_again_is_answered_alike_and_published_once() {
        say(ANNA, "m-1", "hello");
        Answer again = say(ANNA, "m-1", "hello");
        say(ANNA, "m-2", "bye");
        assertEquals(202, again.status());
        assertEquals(1, again.body().path("number").asInt());
        try (TestAgent agent = new TestAgent(kafka, Topic.MESSAGE_RECEIVED)) {
            assertEquals("m-1", nextMine(agent));
            assertEquals("m-2", nextMine(agent));
        }
    }

    @Test
    void the_same_message_from_many_at_the_same_moment_is_one_message() {
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 16)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> say(ANNA, "m-1", "hello")))
                .toList();
        for (CompletableFuture<Answer> answer : answers) {
            assertEquals(202, answer.join().status());
            assertEquals(1, answer.join().body().path("number").asInt());
        }
        assertEquals(1, get(ANNA, messages()).body().path("messages").size());
    }

    @Test
    void the_same_id_with_another_text_is_a_conflict() {
        say(ANNA, "m-1", "hello");
        assertProblem(409, "m-1", say(ANNA, "m-1", "something else"));
    }

    @Test
    void a_body_that_nothing_takes_is_refused_in_the_same_form() {
        assertProblem(413, "4194304", post(ANNA, messages(), new byte[4_200_000]));
    }

    @Test
    void a_request_without_a_body_is_answered() {
        assertProblem(
                400,
                "empty",
                send(request(ANNA, messages())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build()));
    }

    @Test
    void a_request_with_an_empty_body_of_no_announced_length_is_answered() {
        assertProblem(
                400,
                "empty",
                send(request(ANNA, messages())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(java.io.InputStream::nullInputStream))
                        .build()));
    }

    @Test
    void a_body_above_64_KiB_is_too_large() {
        assertProblem(413, "65536", say(ANNA, "m-1", "x".repeat(65_536)));
    }

    @Test
    void a_megabyte_is_too_large() {
        assertProblem(413, "65536", say(ANNA, "m-1", "x".repeat(1_000_000)));
    }

    @Test
    void a_body_above_what_the_server_reads_is_too_large() {
        assertEquals(413, say(ANNA, "m-1", "x".repeat(5_000_000)).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'a','text':''} | text",
                "{'id':'a','text':'  '} | text",
                "{'id':'a'} | text",
                "{'text':'a'} | id",
                "{'id':'a b','text':'x'} | id",
                "{'id':'a','text':5} | string",
                "{'id':'a','text':'x','mode':'y'} | mode",
                "{'id':'a','text':'a\\u0000b'} | U+0000",
                "{'id':'a','text':'a\\ud800b'} | surrogate",
                "{'id':'a','text': | JSON",
                "{'id':'a','id':'b','text':'x'} | JSON",
                "[] | object",
                "{} {} | JSON"
            })
    void a_message_that_is_not_right_is_refused_by_name(String body, String names) {
        assertProblem(400, names, post(ANNA, messages(), body.replace('\'', '"')));
    }

    @Test
    void bytes_that_are_not_UTF_8_are_refused_with_their_place() {
        byte[] body = "{\"id\":\"a\",\"text\":\"?\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        body[18] = (byte) 0xff;
        assertProblem(400, "byte 19", post(ANNA, messages(), body));
    }

    @Test
    void a_name_that_is_not_allowed_is_refused() {
        assertProblem(400, "name", get(ANNA, "/api/v1/conversations/a%20b/messages"));
    }

    @Test
    void without_a_token_nobody_is_let_in() {
        assertProblem(401, "Bearer", get("", "/api/v1/me"));
    }

    @Test
    void with_a_wrong_token_nobody_is_let_in() {
        assertProblem(401, "token", get("wrong-token-0123456789", "/api/v1/me"));
    }

    @Test
    void the_token_says_who_is_asking() {
        assertEquals("anna", get(ANNA, "/api/v1/me").text("id"));
    }

    @Test
    void an_unknown_path_is_a_problem() {
        assertProblem(404, "openapi", get(ANNA, "/api/v1/nothing"));
    }

    @Test
    void the_conversation_of_another_person_is_not_there() {
        say(ANNA, "m-1", "hello");
        assertProblem(404, conversation, get(LI, messages()));
    }

    @Test
    void answers_are_read_in_order_after_a_number() {
        say(ANNA, "m-1", "hello");
        try (TestAgent agent = new TestAgent(kafka, Topic.REPLY)) {
            reply(agent, "one");
            reply(agent, "two");
        }
        awaitMessages(3);
        assertEquals(List.of("one", "two"), texts(get(ANNA, messages() + "?after=1")));
    }

    @Test
    void a_reply_that_arrives_twice_is_stored_once() {
        say(ANNA, "m-1", "hello");
        try (TestAgent agent = new TestAgent(kafka, Topic.REPLY)) {
            String id = Ids.random();
            Reply.Answer answer = new Reply.Answer("m-1", "one", null, Instant.now());
            long number = agent.next(Topic.REPLY, wire());
            agent.publish(Topic.REPLY, id, wire(), answer, number);
            agent.publish(Topic.REPLY, id, wire(), answer, number);
            reply(agent, "two");
        }
        awaitMessages(3);
        assertEquals(List.of("hello", "one", "two"), texts(get(ANNA, messages())));
    }

    @Test
    void a_stream_shows_every_event_once_and_in_order_across_replay_and_live() throws Exception {
        say(ANNA, "m-1", "hello");
        try (TestAgent agent = new TestAgent(kafka, Topic.REPLY)) {
            for (int i = 2; i <= 150; i++) reply(agent, "r" + i);
            try (SseReader stream = stream(0)) {
                for (int i = 151; i <= 300; i++) reply(agent, "r" + i);
                List<Integer> numbers = new ArrayList<>();
                while (numbers.size() < 300)
                    numbers.add(Integer.valueOf(String.valueOf(stream.next().id())));
                assertEquals(IntStream.rangeClosed(1, 300).boxed().toList(), numbers);
            }
        }
    }

    @Test
    void an_event_whose_broadcast_was_lost_is_shown() throws Exception {
        say(ANNA, "m-1", "hello");
        try (SseReader stream = stream(1)) {
            stored("of another instance");
            assertEquals(
                    "of another instance", stream.next().json().path("text").asText());
        }
    }

    /** As another instance stores it, without a word to this one. */
    private void stored(String text) {
        transactions
                .run(
                        "test.stored",
                        Origin.first("local", Principal.service("gateway"), null),
                        unit -> unit.execute("""
                        with numbered as (
                            update conversation set last_event = last_event + 1 where tenant = ?1 and id = ?2
                            returning last_event)
                        insert into event (tenant, conversation, number, type, text, at)
                        select ?1, ?2, last_event, 'reply', ?3, now() from numbered""", unit.tenant(), wire(), text))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    @Test
    void a_stream_resumes_after_the_last_event_it_saw() throws Exception {
        say(ANNA, "m-1", "one");
        say(ANNA, "m-2", "two");
        try (SseReader stream = stream(1)) {
            SseReader.Event event = stream.next();
            assertEquals("accepted", event.name());
            assertEquals("two", event.json().path("text").asText());
        }
    }

    @Test
    void a_stream_may_be_opened_before_its_conversation_exists() throws Exception {
        try (SseReader stream = stream(0)) {
            say(ANNA, "m-1", "hello");
            assertEquals("1", stream.next().id());
        }
    }

    @Test
    void partials_are_shown_without_a_number() throws Exception {
        say(ANNA, "m-1", "hello");
        try (SseReader stream = stream(1);
                TestAgent agent = new TestAgent(kafka, Topic.REPLY)) {
            reply(agent, "ready");
            stream.next();
            agent.publish(Topic.REPLY_PARTIAL, wire(), new ai.chela.contracts.turn.ReplyPartial("m-1", 1, 0, "he"));
            SseReader.Event event = stream.next();
            assertEquals("partial", event.name());
            assertEquals(null, event.id());
            assertEquals("he", event.json().path("text").asText());
        }
    }

    @Test
    void the_status_tells_of_kafka_and_the_database() {
        Answer status = get(ANNA, "/api/v1/status");
        assertTrue(status.body().path("kafka").asBoolean(), status.body().toString());
        assertTrue(status.body().path("database").asBoolean(), status.body().toString());
    }

    private SseReader stream(long after) throws Exception {
        HttpRequest request = request(ANNA, messages().replace("/messages", "/events"))
                .header("Last-Event-ID", Long.toString(after))
                .build();
        return new SseReader(http(), request);
    }

    private void reply(TestAgent agent, String text) {
        agent.publish(Topic.REPLY, wire(), new Reply.Answer("m-1", text, null, Instant.now()));
    }

    private String wire() {
        return "anna/" + conversation;
    }

    private void awaitMessages(int count) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (get(ANNA, messages()).body().path("messages").size() < count)
            if (System.nanoTime() > end) throw new AssertionError("no " + count + " messages came");
    }

    private static List<String> texts(Answer answer) {
        List<String> texts = new ArrayList<>();
        answer.body()
                .path("messages")
                .forEach(message -> texts.add(message.path("text").asText()));
        return texts;
    }

    private boolean isMine(ai.chela.kit.wire.Received<MessageReceived> received) {
        return ("anna/" + conversation).equals(received.envelope().conversation());
    }

    private String nextMine(TestAgent agent) {
        return agent.await(Topic.MESSAGE_RECEIVED, MessageReceived.class, this::isMine)
                .payload()
                .messageId();
    }

    private static void assertProblem(int status, String names, Answer answer) {
        assertEquals(status, answer.status(), answer.body().toString());
        assertEquals("application/problem+json", answer.header("content-type").split(";", 2)[0]);
        assertEquals(status, answer.body().path("status").asInt());
        assertTrue(answer.text("detail").contains(names), answer.text("detail"));
    }
}
