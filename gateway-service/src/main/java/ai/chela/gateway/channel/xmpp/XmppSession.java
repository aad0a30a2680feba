package ai.chela.gateway.channel.xmpp;

import ai.chela.gateway.channel.Inbound.Told;
import ai.chela.gateway.channel.SingleLogin.Sending;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.filter.MessageWithBodiesFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.roster.SubscribeListener.SubscribeAnswer;
import org.jivesoftware.smack.sm.StreamManagementException.StreamManagementNotEnabledException;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.ping.PingManager;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/** One login at an XMPP server. Blocks its caller; used by one thread at a time but for what it is told. */
final class XmppSession {
    private static final int TIMEOUT_MILLIS = 8_000;
    private static final long ACK_SECONDS = 8;

    /** The same for all instances: a server ends the older of two sessions of one resource, so that there is one sender. */
    private static final String RESOURCE = "chela";

    /** Of messages that were told live; more are looked up again, which changes nothing. */
    private static final int MAX_TAKEN = 10_000;

    private final XMPPTCPConnection connection;
    private final Consumer<Told> onMessage;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private @Nullable XmppArchive archive;
    private boolean leftToArchive;
    private boolean left;

    private XmppSession(XMPPTCPConnection connection, Consumer<Told> onMessage) {
        this.connection = connection;
        this.onMessage = onMessage;
    }

    /**
     * Connects and logs in, without being seen yet: nothing is told before {@link #appear}.
     *
     * @param onMessage told of every message of a person, in order, on a thread that may block: the server is told that a
     *     message was received when this has returned
     * @param known whose wish to see when Chela is there is granted
     */
    static XmppSession open(XmppSettings settings, String password, Consumer<Told> onMessage, Predicate<String> known)
            throws IOException, SmackException, XMPPException, InterruptedException {
        XMPPTCPConnection connection = new XMPPTCPConnection(configuration(settings, password));
        XmppSession session = new XmppSession(connection, onMessage);
        connection.setReplyTimeout(TIMEOUT_MILLIS);
        connection.setUseStreamManagement(true);
        // a resumed stream would send again by itself what the outbound table sends again
        connection.setUseStreamManagementResumption(false);
        // of Smack's three kinds of listener the one whose end is waited for before the stanza counts as handled
        connection.addStanzaListener(session::live, MessageWithBodiesFilter.INSTANCE);
        Roster roster = Roster.getInstanceFor(connection);
        roster.setRosterLoadedAtLogin(false);
        roster.addSubscribeListener((from, _) ->
                known.test(bare(from.asBareJid().toString())) ? SubscribeAnswer.Approve : SubscribeAnswer.Deny);
        try {
            connection.connect();
            connection.login();
            PingManager.getInstanceFor(connection).setPingInterval(60);
            session.archive = XmppArchive.of(connection);
            return session;
        } catch (IOException | SmackException | XMPPException | InterruptedException | RuntimeException e) {
            connection.instantShutdown();
            throw e;
        }
    }

    private static XMPPTCPConnectionConfiguration configuration(XmppSettings settings, String password)
            throws XmppStringprepException {
        var builder = XMPPTCPConnectionConfiguration.builder()
                .setXmppAddressAndPassword(settings.jid(), password)
                .setResource(RESOURCE)
                .setConnectTimeout(TIMEOUT_MILLIS)
                .setSendPresence(false)
                .setSecurityMode(
                        switch (settings.tls()) {
                            case REQUIRED -> SecurityMode.required;
                            case ALLOW_INSECURE_LOOPBACK -> SecurityMode.disabled;
                        });
        if (settings.host() != null) builder.setHost(settings.host());
        if (settings.port() != 0) builder.setPort(settings.port());
        return builder.build();
    }

    /** From here on the server hands over what people write, and what they wrote meanwhile where it keeps that. */
    void appear() throws SmackException, InterruptedException {
        connection.sendStanza(
                connection.getStanzaFactory().buildPresenceStanza().build());
    }

    boolean isUp() {
        return connection.isConnected() && connection.isAuthenticated();
    }

    /** Null when the server keeps none. */
    @Nullable
    XmppArchive archive() {
        return archive;
    }

    /** Sends a message; done when the server has acknowledged it, where it can (XEP-0198). */
    Sending send(String id, String address, String text) throws InterruptedException {
        Message message;
        try {
            message = StanzaBuilder.buildMessage(id)
                    .to(JidCreate.bareFrom(address))
                    .ofType(Message.Type.chat)
                    .setBody(XmlText.of(text))
                    .addExtension(MessageIds.originElement(id))
                    .build();
        } catch (XmppStringprepException e) {
            throw new IllegalArgumentException("a stored address that is no JID", e);
        }
        CountDownLatch acknowledged = new CountDownLatch(1);
        boolean acknowledges = connection.isSmEnabled();
        boolean handedOver = false;
        try {
            if (acknowledges) connection.addStanzaIdAcknowledgedListener(id, _ -> acknowledged.countDown());
            connection.sendStanza(message);
            handedOver = true;
            if (!acknowledges) return Sending.DONE;
            connection.requestSmAcknowledgement();
            if (acknowledged.await(ACK_SECONDS, TimeUnit.SECONDS)) return Sending.DONE;
        } catch (StreamManagementNotEnabledException | SmackException.NotConnectedException _) {
            if (!handedOver) return Sending.NOT_SENT;
        }
        // nobody can tell whether it left: this connection is of no use any more
        connection.instantShutdown();
        return acknowledged.getCount() == 0 ? Sending.DONE : Sending.UNKNOWN;
    }

    void close() {
        if (connection.isConnected()) connection.disconnect();
        else connection.instantShutdown();
    }

    /** Ends it as the end of the process would: without a word to the server. */
    void drop() {
        connection.instantShutdown();
    }

    private void live(Stanza stanza) {
        if (!(stanza instanceof Message message) || message.getFrom() == null) return;
        String archived = MessageIds.archived(message, connection.getUser().asBareJid());
        if (archived != null && isLeft()) return;
        tell(message, archived);
        if (archived != null && taken.size() < MAX_TAKEN) taken.add(archived);
    }

    /** From here on messages that are in the archive are not told live: what is older is still to be taken from there. */
    synchronized void leaveToArchive() {
        leftToArchive = true;
    }

    /** True when the archive was looked through with nothing left to it meanwhile: from here on messages are told live. */
    synchronized boolean takeLive() {
        leftToArchive = left;
        left = false;
        return !leftToArchive;
    }

    private synchronized boolean isLeft() {
        if (leftToArchive) left = true;
        return leftToArchive;
    }

    /** Whether there were messages since the archive was last looked through. */
    boolean tookAny() {
        return !taken.isEmpty();
    }

    /** Whether a message of the archive was told live. Forgets it. */
    boolean tookLive(@Nullable String archived) {
        return archived != null && taken.remove(archived);
    }

    /**
     * Hands a message on when it is one of a person.
     *
     * @param archived the archive's id of it, null when it is in none
     */
    void tell(Message message, @Nullable String archived) {
        if (message.getFrom() == null || message.getBody() == null) return;
        switch (message.getType()) {
            case chat, normal ->
                onMessage.accept(new Told(
                        "xmpp",
                        bare(message.getFrom().asBareJid().toString()),
                        id(message, archived),
                        message.getBody()));
            case error, groupchat, headline -> {
                // an error is no message of a person; rooms are not joined; headlines expect no answer
            }
        }
    }

    private static String bare(String jid) {
        return jid.toLowerCase(Locale.ROOT);
    }

    /** The sender's own id, else the archive's, else the stanza's. */
    private static @Nullable String id(Message message, @Nullable String archived) {
        String origin = MessageIds.origin(message);
        if (origin != null) return origin;
        return archived != null ? archived : message.getStanzaId();
    }
}
