package ai.chela.system;

import ai.chela.system.stack.Await;
import ai.chela.system.stack.Prosody;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.filter.MessageWithBodiesFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/** A person at a chat client, who talks to {@code chela@localhost}. */
final class ChatClient implements AutoCloseable {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final XMPPTCPConnection connection;
    private int read;

    ChatClient(Prosody prosody, String user) throws Exception {
        connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                .setXmppAddressAndPassword(user + "@localhost", Prosody.passwordOf(user))
                .setHost("127.0.0.1")
                .setPort(prosody.port())
                .setSecurityMode(SecurityMode.disabled)
                .build());
        connection.addSyncStanzaListener(this::keep, MessageWithBodiesFilter.INSTANCE);
        connection.connect();
        connection.login();
    }

    private void keep(Stanza stanza) {
        received.add(String.valueOf(((Message) stanza).getBody()));
    }

    /**
     * Says something; returns the next message that comes.
     *
     * @throws AssertionError when it is not connected
     */
    String say(String text) {
        try {
            send(text);
        } catch (NotConnectedException | XmppStringprepException e) {
            throw new AssertionError("\"" + text + "\" could not be said", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return next();
    }

    private void send(String text) throws NotConnectedException, XmppStringprepException, InterruptedException {
        connection.sendStanza(connection
                .getStanzaFactory()
                .buildMessageStanza()
                .to(JidCreate.bareFrom("chela@localhost"))
                .ofType(Message.Type.chat)
                .setBody(text)
                .addExtension(StandardExtensionElement.builder("origin-id", "urn:xmpp:sid:0")
                        .addAttribute("id", UUID.randomUUID().toString())
                        .build())
                .build());
    }

    /** The next message, once it has come. */
    String next() {
        int number = read++;
        Await.until("a message over XMPP", () -> received.size() > number);
        return received.get(number);
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
