package ai.chela.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.kit.wire.Ids;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kafka is away all the time, PostgreSQL when a test says so. */
@QuarkusTest
@QuarkusTestResource(value = CutStack.class, restrictToAnnotatedClass = true)
class AwayTest extends GatewayCase {
    private static final Duration BOUND = Duration.ofSeconds(20);

    @AfterEach
    void mend() {
        CutStack.DATABASE.mend();
        awaitAccepted(Ids.random());
    }

    @Test
    void a_message_is_accepted_and_shown_while_Kafka_is_away() throws Exception {
        assertEquals(202, say(ANNA, "m-1", "hello").status());
        try (SseReader stream = new SseReader(
                http(),
                request(ANNA, "/api/v1/conversations/" + conversation + "/events")
                        .GET()
                        .build())) {
            assertEquals("accepted", stream.next().name());
        }
    }

    @Test
    void a_message_is_told_to_come_again_when_the_database_refuses() {
        CutStack.DATABASE.cut();
        assertComeAgain();
    }

    @Test
    void a_message_is_told_to_come_again_when_the_database_hangs() {
        CutStack.DATABASE.hang();
        assertComeAgain();
    }

    @Test
    void many_requests_are_all_told_in_time_when_the_database_hangs() {
        CutStack.DATABASE.hang();
        for (int i = 0; i < 4; i++) Thread.ofVirtual().start(() -> say(ANNA, Ids.random(), "hello"));
        assertComeAgain();
        assertComeAgain();
        assertComeAgain();
    }

    @Test
    void what_was_sent_while_the_database_hung_is_one_message_once_it_is_sent_again() {
        CutStack.DATABASE.hang();
        assertEquals(503, say(ANNA, "m-1", "hello").status());
        CutStack.DATABASE.mend();
        awaitAccepted("m-1");
        assertEquals(1, get(ANNA, messages()).body().path("messages").size());
    }

    @Test
    void a_history_is_told_to_be_asked_again_when_the_database_refuses() {
        CutStack.DATABASE.cut();
        assertEquals(503, get(ANNA, messages()).status());
    }

    @Test
    void a_completion_is_told_to_come_again_in_the_form_that_clients_read() {
        CutStack.DATABASE.cut();
        Answer answer = post(
                ANNA,
                "/v1/chat/completions",
                "{\"model\": \"chela\", \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}");
        assertEquals(503, answer.status());
        assertEquals("server_error", answer.body().at("/error/type").asText());
        assertTrue(Integer.parseInt(answer.header("retry-after")) > 0);
    }

    private void assertComeAgain() {
        long start = System.nanoTime();
        Answer answer = say(ANNA, Ids.random(), "hello");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertEquals(503, answer.status(), answer.body().toString());
        assertTrue(took.compareTo(BOUND) < 0, took.toString());
        assertTrue(Integer.parseInt(answer.header("retry-after")) > 0);
        assertTrue(answer.header("content-type").startsWith("application/problem+json"));
    }

    private void awaitAccepted(String id) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (say(ANNA, id, "hello").status() != 202)
            if (System.nanoTime() > end) throw new AssertionError("still refused after 30 s");
    }
}
