package ai.chela.gateway.channel.xmpp;

import ai.chela.gateway.channel.Inbound.Told;
import ai.chela.gateway.channel.SingleLogin.Sending;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.filter.MessageWithBodiesFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.XmlElement;
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
    private static final String STANZA_ID = "urn:xmpp:sid:0";

    private final XMPPTCPConnection connection;

    private XmppSession(XMPPTCPConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects and logs in.
     *
     * @param onMessage told of every message of a person, in order, on a thread of the connection that may block
     * @param known whose wish to see when Chela is there is granted
     */
    static XmppSession open(
            XmppSettings settings, String password, String resource, Consumer<Told> onMessage, Predicate<String> known)
            throws IOException, SmackException, XMPPException, InterruptedException {
        var builder = XMPPTCPConnectionConfiguration.builder()
                .setXmppAddressAndPassword(settings.jid(), password)
                .setResource(resource)
                .setConnectTimeout(TIMEOUT_MILLIS)
                .setSendPresence(false)
                .setSecurityMode(
                        switch (settings.tls()) {
                            case REQUIRED -> SecurityMode.required;
                            case ALLOW_INSECURE_LOOPBACK -> SecurityMode.disabled;
                        });
        if (settings.host() != null) builder.setHost(settings.host());
        if (settings.port() != 0) builder.setPort(settings.port());
        XMPPTCPConnection connection = new XMPPTCPConnection(builder.build());
        connection.setReplyTimeout(TIMEOUT_MILLIS);
        connection.setUseStreamManagement(true);
        // a resumed stream would send again by itself what the outbound table sends again
        connection.setUseStreamManagementResumption(false);
        connection.addSyncStanzaListener(stanza -> told(stanza, onMessage), MessageWithBodiesFilter.INSTANCE);
        Roster roster = Roster.getInstanceFor(connection);
        roster.setRosterLoadedAtLogin(false);
        roster.addSubscribeListener((from, _) ->
                known.test(bare(from.asBareJid().toString())) ? SubscribeAnswer.Approve : SubscribeAnswer.Deny);
        try {
            connection.connect();
            connection.login();
            PingManager.getInstanceFor(connection).setPingInterval(60);
            // offline messages come after this: the listener is there already
            connection.sendStanza(
                    connection.getStanzaFactory().buildPresenceStanza().build());
            return new XmppSession(connection);
        } catch (IOException | SmackException | XMPPException | InterruptedException | RuntimeException e) {
            connection.instantShutdown();
            throw e;
        }
    }

    boolean isUp() {
        return connection.isConnected() && connection.isAuthenticated();
    }

    /** Sends a message; done when the server has acknowledged it, where it can (XEP-0198). */
    Sending send(String id, String address, String text) throws InterruptedException {
        Message message;
        try {
            message = StanzaBuilder.buildMessage(id)
                    .to(JidCreate.bareFrom(address))
                    .ofType(Message.Type.chat)
                    .setBody(text)
                    .addExtension(StandardExtensionElement.builder("origin-id", STANZA_ID)
                            .addAttribute("id", id)
                            .build())
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

    private static void told(Stanza stanza, Consumer<Told> onMessage) {
        if (!(stanza instanceof Message message) || message.getFrom() == null || message.getBody() == null) return;
        switch (message.getType()) {
            case chat, normal ->
                onMessage.accept(new Told(
                        "xmpp", bare(message.getFrom().asBareJid().toString()), id(message), message.getBody()));
            case error, groupchat, headline -> {
                // an error is no message of a person; rooms are not joined; headlines expect no answer
            }
        }
    }

    private static String bare(String jid) {
        return jid.toLowerCase(Locale.ROOT);
    }

    /** The sender's own id (XEP-0359), else the server's, else the stanza's. */
    private static @Nullable String id(Message message) {
        for (String element : new String[] {"origin-id", "stanza-id"}) {
            XmlElement found = message.getExtension(new javax.xml.namespace.QName(STANZA_ID, element));
            if (found instanceof StandardExtensionElement standard) {
                String id = standard.getAttributeValue("id");
                if (id != null && !id.isBlank()) return id;
            }
        }
        return message.getStanzaId();
    }
}
