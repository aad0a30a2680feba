package ai.chela.gateway.channel.xmpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.chela.gateway.channel.ArchivePosition;
import ai.chela.gateway.channel.Inbound.Told;
import ai.chela.gateway.channel.SingleLogin.Sending;
import ai.chela.kit.file.YamlNode;
import ai.chela.kit.wire.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Against real Prosodies, one with an archive and one without: what a session is told, and told again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmppSessionTest {
    private static final int WITH = 21_052;
    private static final int WITHOUT = 21_053;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private Prosody archiving;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private Prosody plain;

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    /** As the database would keep it, for one test. */
    private static final class Kept implements CatchUp.Positions {
        private @Nullable ArchivePosition position;

        @Override
        public @Nullable ArchivePosition reached() {
            return position;
        }

        @Override
        public void reach(ArchivePosition reached) {
            position = reached;
        }
    }

    @BeforeAll
    void startServers() throws Exception {
        archiving = Prosody.start(WITH, "chela", "anna", "bo", "carl", "dora");
        plain = Prosody.withoutArchive(WITHOUT, "chela", "anna");
    }

    @AfterAll
    void stopServers() throws Exception {
        if (archiving != null) archiving.close();
        if (plain != null) plain.close();
    }

    @Test
    void what_was_received_but_not_stored_when_the_process_died_comes_again_from_the_archive() throws Exception {
        diesBetweenReceiptAndStoring(WITH);
    }

    @Test
    void what_was_received_but_not_stored_when_the_process_died_comes_again_without_an_archive() throws Exception {
        diesBetweenReceiptAndStoring(WITHOUT);
    }

    private void diesBetweenReceiptAndStoring(int port) throws Exception {
        String text = "not to be lost " + Ids.random();
        Kept kept = new Kept();
        CountDownLatch received = new CountDownLatch(1);
        CountDownLatch dead = new CountDownLatch(1);
        XmppSession first = open("chela", port, _ -> {
            received.countDown();
            awaitQuietly(dead);
        });
        CatchUp.appear(first, kept);
        try (XmppPeer anna = new XmppPeer("anna", port)) {
            anna.say("chela", Ids.random(), text);
            assertEquals(true, received.await(20, TimeUnit.SECONDS));
            first.drop();
            dead.countDown();
            XmppSession second = open("chela", port, told::add);
            CatchUp.appear(second, kept);
            assertEquals(text, next().text());
            second.close();
        }
    }

    @Test
    void a_message_has_one_id_whether_it_is_told_live_or_from_the_archive() throws Exception {
        String text = "without an id of its own " + Ids.random();
        Kept kept = new Kept();
        try (XmppPeer carl = new XmppPeer("carl", WITH)) {
            XmppSession first = open("bo", WITH, told::add);
            CatchUp.appear(first, kept);
            carl.say("bo", null, text);
            String live = next().id();
            first.close();
            XmppSession second = open("bo", WITH, told::add);
            CatchUp.appear(second, kept);
            assertEquals(live, next().id());
            second.close();
        }
    }

    @Test
    void what_was_looked_through_is_not_told_again() throws Exception {
        Kept kept = new Kept();
        try (XmppPeer carl = new XmppPeer("carl", WITH)) {
            XmppSession first = open("dora", WITH, told::add);
            CatchUp.appear(first, kept);
            carl.say("dora", Ids.random(), "once");
            next();
            CatchUp.run(first, kept);
            first.close();
            XmppSession second = open("dora", WITH, told::add);
            CatchUp.appear(second, kept);
            carl.say("dora", Ids.random(), "after");
            assertEquals("after", next().text());
            second.close();
        }
    }

    @Test
    void what_comes_while_a_login_catches_up_is_told_once_and_in_order() throws Exception {
        Kept kept = new Kept();
        try (XmppPeer carl = new XmppPeer("carl", WITH)) {
            XmppSession first = open("dora", WITH, told::add);
            CatchUp.appear(first, kept);
            first.close();
            List<String> said =
                    IntStream.range(0, 200).mapToObj(i -> "message " + i).toList();
            CompletableFuture<Void> talking = CompletableFuture.runAsync(() -> sayAll(carl, said));
            XmppSession second = open("dora", WITH, told::add);
            CatchUp.appear(second, kept);
            talking.join();
            List<String> heard = new ArrayList<>();
            while (heard.size() < said.size()) heard.add(next().text());
            assertEquals(said, heard);
            second.close();
        }
    }

    private static void sayAll(XmppPeer peer, List<String> texts) {
        try {
            for (String text : texts) peer.say("dora", Ids.random(), text);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_position_that_the_archive_has_let_go_of_is_found_by_its_time() throws Exception {
        Instant before = Instant.now().minusSeconds(5);
        try (XmppPeer anna = new XmppPeer("anna", WITH)) {
            String text = "after the gap " + Ids.random();
            anna.say("bo", Ids.random(), text);
            XmppSession session = open("bo", WITH, told::add);
            XmppArchive.Page page =
                    Objects.requireNonNull(session.archive()).after(new ArchivePosition("no-such-entry", before));
            assertEquals(text, page.entries().getLast().message().getBody());
            session.close();
        }
    }

    @Test
    void the_archive_tells_whether_a_message_was_sent() throws Exception {
        XmppSession session = open("anna", WITH, told::add);
        String id = Ids.random();
        assertEquals(Sending.DONE, session.send(id, "bo@localhost", "here"));
        XmppArchive archive = Objects.requireNonNull(session.archive());
        assertEquals(XmppArchive.Look.THERE, archive.sent(id, "bo@localhost", Instant.now()));
        assertEquals(XmppArchive.Look.NOT_THERE, archive.sent(Ids.random(), "bo@localhost", Instant.now()));
        session.close();
    }

    @Test
    void a_server_without_an_archive_has_none() throws Exception {
        XmppSession session = open("anna", WITHOUT, told::add);
        assertNull(session.archive());
        session.close();
    }

    @Test
    void a_character_that_XML_has_not_does_not_end_the_stream() throws Exception {
        XmppSession session = open("dora", WITH, told::add);
        assertEquals(Sending.DONE, session.send(Ids.random(), "bo@localhost", "bell \u0007 and half \uD800"));
        assertEquals(true, session.isUp());
        session.close();
    }

    private Told next() throws InterruptedException {
        Told next = told.poll(20, TimeUnit.SECONDS);
        assertNotNull(next, "nothing was told");
        return next;
    }

    private static XmppSession open(String user, int port, Consumer<Told> onMessage) throws Exception {
        XmppSettings settings = XmppSettings.read(YamlNode.parse("channels.yaml", """
                xmpp: {enabled: true, jid: %s@localhost, password: file:none, host: 127.0.0.1, port: %d,
                  tls: allow-insecure-loopback}
                """.formatted(user, port)));
        return XmppSession.open(Objects.requireNonNull(settings), "secret-" + user, onMessage, _ -> true);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
