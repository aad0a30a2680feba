package ai.chela.system.fault;

import ai.chela.system.stack.Prosody;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.filter.MessageWithBodiesFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.sm.StreamManagementException;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.impl.JidCreate;

/**
 * One conversation at a chat client. The chat server is never struck: a message is accepted when the server has it. What is
 * heard goes to the journal as it comes; what is open is kept here only to know when to go on.
 */
final class ChatTalk implements AutoCloseable {
    private static final int UNANSWERED = 2;

    private final int index;
    private final String name;
    private final Journal journal;
    private final Random random;
    private final Duration thinking;
    private final XMPPTCPConnection connection;
    private final CountDownLatch silent = new CountDownLatch(1);
    private final Map<String, Saying> open = new LinkedHashMap<>();
    private final Set<String> promised = new HashSet<>();
    private final Set<String> before = new HashSet<>();
    private final Thread speaker;
    private @Nullable Throwable broken;

    ChatTalk(int index, String name, Prosody server, Journal journal, long seed, Duration thinking) {
        this.index = 900 + index; // no sign of a chat is one of a talk
        this.name = name;
        this.journal = journal;
        this.random = new Random(seed * 1_000 + this.index);
        this.thinking = thinking;
        this.connection = connect(server);
        this.speaker = Thread.ofVirtual().name("speaker of " + name).start(this::speak);
    }

    private XMPPTCPConnection connect(Prosody server) {
        try {
            XMPPTCPConnection made = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                    .setXmppAddressAndPassword(name + "@localhost", Prosody.passwordOf(name))
                    .setHost("127.0.0.1")
                    .setPort(server.port())
                    .setSecurityMode(SecurityMode.disabled)
                    .build());
            // in the order in which they come
            made.addSyncStanzaListener(this::heard, MessageWithBodiesFilter.INSTANCE);
            made.connect();
            made.login();
            return made;
        } catch (IOException | SmackException | XMPPException e) {
            throw new IllegalStateException(name + " cannot log in", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    String name() {
        return name;
    }

    private void speak() {
        try {
            for (int number = 1; !silent.await(thought(), TimeUnit.MILLISECONDS); number++) {
                say(number, Saying.nextInChat(random, index, number));
                synchronized (this) {
                    while (open.size() >= UNANSWERED && silent.getCount() > 0) wait(1_000);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException | SmackException e) {
            synchronized (this) {
                broken = e;
            }
        }
    }

    private long thought() {
        return (long) Math.min(-Math.log(1 - random.nextDouble()) * thinking.toMillis(), 5 * thinking.toMillis());
    }

    private void say(int number, Saying saying) throws IOException, SmackException, InterruptedException {
        String id = "m-" + number;
        synchronized (this) {
            open.put(id, saying);
        }
        Message message = connection
                .getStanzaFactory()
                .buildMessageStanza()
                .to(JidCreate.bareFrom("chela@localhost"))
                .ofType(Message.Type.chat)
                .setBody(saying.text())
                .addExtension(StandardExtensionElement.builder("origin-id", "urn:xmpp:sid:0")
                        .addAttribute("id", name + "-" + id)
                        .build())
                .build();
        CountDownLatch acknowledged = new CountDownLatch(1);
        try {
            connection.addStanzaIdAcknowledgedListener(message.getStanzaId(), _ -> acknowledged.countDown());
        } catch (StreamManagementException e) {
            throw new IOException("the chat server acknowledges nothing", e);
        }
        connection.sendStanza(message);
        if (!acknowledged.await(60, TimeUnit.SECONDS)) throw new IOException("the chat server did not take " + id);
        journal.add(new Entry.Accepted(Instant.now(), name, number, id, saying.expected()));
    }

    private void heard(Stanza stanza) {
        String text = String.valueOf(((Message) stanza).getBody());
        journal.add(new Entry.Heard(Instant.now(), name, text));
        synchronized (this) {
            promised.removeIf(sign -> text.contains(sign) || Entry.Seen.takesBack(text, sign));
            boolean isMarked = text.startsWith(Heard.MARK);
            boolean isNew = before.add(isMarked ? text.substring(Heard.MARK.length()) : text);
            // a marked second copy answers nothing: read as an answer, it would be one to another message
            if (isNew || !isMarked) answered(text);
            notifyAll();
        }
    }

    private void answered(String text) {
        Map<String, String> expected = new LinkedHashMap<>();
        open.forEach((id, saying) -> expected.put(id, saying.expected()));
        String id = Heard.answers(text, expected);
        if (id == null) return;
        Saying saying = open.remove(id);
        if (saying == null || saying.promised() == null) return;
        boolean unsure = new Entry.Seen(Instant.now(), name, 0, "reply", id, text, null).isUnsure();
        // what failed promises nothing
        if (!unsure && !text.contains(saying.expected())) return;
        journal.add(new Entry.Promised(Instant.now(), name, saying.promised()));
        promised.add(saying.promised());
        promised.removeIf(sign -> before.stream().anyMatch(it -> it.contains(sign) || Entry.Seen.takesBack(it, sign)));
    }

    /** Nothing is open: every message is answered and every promise kept. */
    synchronized boolean isDrained() {
        return open.isEmpty() && promised.isEmpty() && !speaker.isAlive();
    }

    /** What is still open, for people. */
    synchronized String open() {
        return name + " waits for " + open.keySet() + promised;
    }

    /** Says nothing more; what is under way goes on. */
    void fallSilent() {
        silent.countDown();
        synchronized (this) {
            notifyAll();
        }
    }

    /** @throws IllegalStateException when its client broke: the journal of this conversation is worth nothing then */
    @Override
    public void close() {
        fallSilent();
        connection.instantShutdown();
        synchronized (this) {
            if (broken != null) throw new IllegalStateException(name + " broke", broken);
        }
    }
}
