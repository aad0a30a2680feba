package ai.chela.gateway.channel.xmpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.MessageReceived;
import ai.chela.contracts.turn.Reply;
import ai.chela.gateway.GatewayCase;
import ai.chela.gateway.TestAgent;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.filter.MessageWithBodiesFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.jxmpp.jid.impl.JidCreate;

/** Against a real Prosody: Anna is known by her address, the others are strangers. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmppTest extends GatewayCase {
    private static final int PORT = 23_052;
    private static final String HERE = "anna/xmpp:anna@localhost";

    @SuppressWarnings("NullAway.Init") // started before all tests
    private Prosody prosody;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private TestAgent agent;

    /** A person at a chat client. */
    private static final class Chatter implements AutoCloseable {
        final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
        private final XMPPTCPConnection connection;

        Chatter(String user) throws Exception {
            connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                    .setXmppAddressAndPassword(user + "@localhost", "secret-" + user)
                    .setHost("127.0.0.1")
                    .setPort(PORT)
                    .setSecurityMode(SecurityMode.disabled)
                    .build());
            connection.addSyncStanzaListener(this::keep, MessageWithBodiesFilter.INSTANCE);
            connection.connect();
            connection.login();
        }

        private void keep(Stanza stanza) {
            received.add((Message) stanza);
        }

        void say(String id, String text) throws Exception {
            connection.sendStanza(connection
                    .getStanzaFactory()
                    .buildMessageStanza()
                    .to(JidCreate.bareFrom("chela@localhost"))
                    .ofType(Message.Type.chat)
                    .setBody(text)
                    .addExtension(StandardExtensionElement.builder("origin-id", "urn:xmpp:sid:0")
                            .addAttribute("id", id)
                            .build())
                    .build());
        }

        String next() throws InterruptedException {
            Message message = received.poll(30, TimeUnit.SECONDS);
            if (message == null) throw new AssertionError("no message came");
            return String.valueOf(message.getBody());
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }

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
        try (Chatter anna = new Chatter("anna")) {
            anna.say(id, text);
            anna.say(id, text);
            anna.say(Ids.random(), last);
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
        try (Chatter anna = new Chatter("anna")) {
            anna.say(Ids.random(), text);
            answer(heard(text), "the answer to " + text);
            assertEquals("the answer to " + text, anna.next());
            assertNull(anna.received.poll(2, TimeUnit.SECONDS));
        }
    }

    @Test
    void what_is_answered_while_the_server_is_away_comes_once_it_is_back() throws Exception {
        String text = "question " + Ids.random();
        try (Chatter anna = new Chatter("anna")) {
            anna.say(Ids.random(), text);
            Received<MessageReceived> asked = heard(text);
            prosody.down();
            answer(asked, "late " + text);
            eventually(() -> !state().equals("up"));
        }
        prosody.up();
        try (Chatter anna = new Chatter("anna")) {
            assertEquals("late " + text, anna.next());
            assertNull(anna.received.poll(2, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_message_sent_while_Chela_is_not_there_is_taken_later() throws Exception {
        String text = "offline " + Ids.random();
        String enabled = Files.readString(config.resolve("channels.yaml"));
        Files.writeString(config.resolve("channels.yaml"), "xmpp: {enabled: false}\n");
        eventually(() -> state().equals("off"));
        try (Chatter anna = new Chatter("anna")) {
            anna.say(Ids.random(), text);
        }
        Files.writeString(config.resolve("channels.yaml"), enabled);
        assertEquals("anna", heard(text).payload().speaker().id());
    }

    @Test
    void a_stranger_gets_a_code_and_is_known_once_an_owner_confirmed_it() throws Exception {
        String text = "now known " + Ids.random();
        try (Chatter bo = new Chatter("bo")) {
            bo.say(Ids.random(), "hello?");
            String answer = bo.next();
            Matcher code = Pattern.compile("chela pair ([a-z0-9]{8})").matcher(answer);
            assertTrue(code.find(), answer);
            Answer linked = send(request(LI, "/api/v1/pairings/" + code.group(1))
                    .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                    .build());
            assertEquals("bo", linked.text("person"), linked.body().toString());
            assertTrue(bo.next().contains("/help"));
            eventually(() -> directory.byAddress("xmpp", "bo@localhost") != null);
            bo.say(Ids.random(), text);
            assertEquals("bo", heard(text).payload().speaker().id());
            assertEquals(
                    409, post(LI, "/api/v1/pairings/" + code.group(1), "{}").status());
        }
    }

    @Test
    void what_a_stranger_says_is_not_taken() throws Exception {
        String text = "let me in " + Ids.random();
        String marker = "marker " + Ids.random();
        try (Chatter eve = new Chatter("eve");
                Chatter anna = new Chatter("anna")) {
            eve.say(Ids.random(), text);
            eve.next();
            anna.say(Ids.random(), marker);
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
