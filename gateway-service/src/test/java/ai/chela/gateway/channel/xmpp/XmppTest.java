package ai.chela.gateway.channel.xmpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.MessageReceived;
import ai.chela.contracts.turn.Reply;
import ai.chela.gateway.GatewayCase;
import ai.chela.gateway.TestAgent;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Against a real Prosody: Anna is known by her address, the others are strangers. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmppTest extends GatewayCase {
    private static final int PORT = 21_054;
    private static final String HERE = "anna/xmpp:anna@localhost";

    @SuppressWarnings("NullAway.Init") // started before all tests
    private Prosody prosody;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private TestAgent agent;

    @Inject
    Transactions transactions;

    @BeforeAll
    void startServer() throws Exception {
        prosody = Prosody.start(PORT, "chela", "anna", "bo", "eve");
        Files.writeString(config.resolveSibling("xmpp.password"), "secret-chela");
        Files.writeString(config.resolve("channels.yaml"), """
                xmpp:
                  enabled: true
                  jid: chela@localhost
                  password: file:xmpp.password
                  host: 127.0.0.1
                  port: %d
                  tls: allow-insecure-loopback
                """.formatted(PORT));
    }

    @AfterAll
    void stopServer() throws Exception {
        if (prosody == null) return;
        Files.writeString(config.resolve("channels.yaml"), "xmpp: {enabled: false}\n");
        eventually(() -> state().equals("off"));
        prosody.close();
    }

    @BeforeEach
    void open() {
        agent = new TestAgent(kafka, Topic.MESSAGE_RECEIVED);
        eventually(() -> state().equals("up"));
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void a_message_of_a_known_person_is_accepted_once() throws Exception {
        String id = Ids.random();
        String text = "hello " + id;
        String last = "last " + id;
        try (XmppPeer anna = new XmppPeer("anna", PORT)) {
            anna.say("chela", id, text);
            anna.say("chela", id, text);
            anna.say("chela", Ids.random(), last);
        }
        assertEquals(id, heard(text).payload().messageId());
        Received<MessageReceived> next = agent.await(
                Topic.MESSAGE_RECEIVED,
                MessageReceived.class,
                r -> HERE.equals(r.envelope().conversation()));
        assertEquals(last, next.payload().text());
        assertEquals("xmpp", next.payload().channel());
    }

    @Test
    void an_answer_is_said_exactly_once() throws Exception {
        String text = "question " + Ids.random();
        try (XmppPeer anna = new XmppPeer("anna", PORT)) {
            anna.say("chela", Ids.random(), text);
            answer(heard(text), "the answer to " + text);
            assertEquals("the answer to " + text, anna.next());
            assertNull(anna.received.poll(2, TimeUnit.SECONDS));
        }
    }

    @Test
    void what_is_answered_while_the_server_is_away_comes_once_it_is_back() throws Exception {
        String text = "question " + Ids.random();
        try (XmppPeer anna = new XmppPeer("anna", PORT)) {
            anna.say("chela", Ids.random(), text);
            Received<MessageReceived> asked = heard(text);
            prosody.down();
            answer(asked, "late " + text);
            eventually(() -> !state().equals("up"));
        }
        prosody.up();
        try (XmppPeer anna = new XmppPeer("anna", PORT)) {
            assertEquals("late " + text, anna.next());
            assertNull(anna.received.poll(2, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_message_sent_while_Chela_is_not_there_is_taken_later_and_once() throws Exception {
        String text = "offline " + Ids.random();
        String last = "last " + text;
        String enabled = Files.readString(config.resolve("channels.yaml"));
        Files.writeString(config.resolve("channels.yaml"), "xmpp: {enabled: false}\n");
        eventually(() -> state().equals("off"));
        try (XmppPeer anna = new XmppPeer("anna", PORT)) {
            anna.say("chela", Ids.random(), text);
        }
        Files.writeString(config.resolve("channels.yaml"), enabled);
        assertEquals("anna", heard(text).payload().speaker().id());
        try (XmppPeer anna = new XmppPeer("anna", PORT)) {
            eventually(() -> state().equals("up"));
            anna.say("chela", Ids.random(), last);
        }
        Received<MessageReceived> next = agent.await(
                Topic.MESSAGE_RECEIVED,
                MessageReceived.class,
                r -> HERE.equals(r.envelope().conversation()));
        assertEquals(last, next.payload().text());
    }

    @Test
    void an_answer_whose_sending_was_not_recorded_but_is_in_the_archive_is_not_sent_again() throws Exception {
        String id = Ids.random();
        String text = "sent before " + id;
        try (XmppPeer anna = new XmppPeer("anna", PORT);
                XmppPeer crashed = new XmppPeer("chela", PORT)) {
            crashed.say("anna", id, text);
            assertEquals(text, anna.next());
            begun(id, text);
            begun(Ids.random(), "after " + id);
            assertEquals("after " + id, anna.next());
        }
    }

    @Test
    void an_answer_whose_sending_was_begun_but_is_not_in_the_archive_is_sent_as_it_is() throws Exception {
        String id = Ids.random();
        try (XmppPeer anna = new XmppPeer("anna", PORT)) {
            begun(id, "never left " + id);
            assertEquals("never left " + id, anna.next());
        }
    }

    @Test
    void a_message_with_the_id_of_another_one_is_refused_visibly() throws Exception {
        String id = Ids.random();
        try (XmppPeer anna = new XmppPeer("anna", PORT)) {
            anna.say("chela", id, "first " + id);
            heard("first " + id);
            anna.say("chela", id, "second " + id);
            assertTrue(anna.next().contains("Send it again"));
        }
    }

    /** As a process leaves it that died after it had begun to send. */
    private void begun(String id, String text) {
        transactions
                .run(
                        "test.begun",
                        Origin.first("local", Principal.service("gateway"), null),
                        unit -> unit.execute("""
                        insert into channel_outbound (tenant, id, channel, address, text, attempts)
                        values (?1, ?2, 'xmpp', 'anna@localhost', ?3, 1)""", unit.tenant(), id, text))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    @Test
    void a_stranger_gets_a_code_and_is_known_once_an_owner_confirmed_it() throws Exception {
        String text = "now known " + Ids.random();
        try (XmppPeer bo = new XmppPeer("bo", PORT)) {
            bo.say("chela", Ids.random(), "hello?");
            String answer = bo.next();
            Matcher code = Pattern.compile("chela pair ([a-z0-9]{8})").matcher(answer);
            assertTrue(code.find(), answer);
            Answer linked = send(request(LI, "/api/v1/pairings/" + code.group(1))
                    .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                    .build());
            assertEquals("bo", linked.text("person"), linked.body().toString());
            assertTrue(bo.next().contains("/help"));
            eventually(() -> directory.byAddress("xmpp", "bo@localhost") != null);
            bo.say("chela", Ids.random(), text);
            assertEquals("bo", heard(text).payload().speaker().id());
            assertEquals(
                    409, post(LI, "/api/v1/pairings/" + code.group(1), "{}").status());
        }
    }

    @Test
    void what_a_stranger_says_is_not_taken() throws Exception {
        String text = "let me in " + Ids.random();
        String marker = "marker " + Ids.random();
        try (XmppPeer eve = new XmppPeer("eve", PORT);
                XmppPeer anna = new XmppPeer("anna", PORT)) {
            eve.say("chela", Ids.random(), text);
            eve.next();
            anna.say("chela", Ids.random(), marker);
        }
        Received<MessageReceived> first = agent.await(
                Topic.MESSAGE_RECEIVED,
                MessageReceived.class,
                r -> r.payload().text().equals(marker) || r.payload().text().equals(text));
        assertEquals(marker, first.payload().text());
    }

    @Test
    void only_an_owner_confirms_codes() {
        assertEquals(403, post(ANNA, "/api/v1/pairings/abcdefgh", "{}").status());
    }

    @Test
    void an_unknown_code_is_not_found() {
        assertEquals(404, post(LI, "/api/v1/pairings/abcdefgh", "{}").status());
    }

    private Received<MessageReceived> heard(String text) {
        return agent.await(
                Topic.MESSAGE_RECEIVED,
                MessageReceived.class,
                r -> r.payload().text().equals(text));
    }

    private void answer(Received<MessageReceived> asked, String text) {
        agent.publish(Topic.REPLY, HERE, new Reply.Answer(asked.payload().messageId(), text, null, Instant.now()));
    }

    private String state() {
        return get(LI, "/api/v1/status").body().path("channels").path("xmpp").asText();
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + 25_000_000_000L;
        while (!condition.getAsBoolean())
            if (System.nanoTime() > end) throw new AssertionError("did not become so within 25 s");
    }
}
