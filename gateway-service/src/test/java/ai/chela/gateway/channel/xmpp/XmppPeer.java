package ai.chela.gateway.channel.xmpp;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.filter.MessageWithBodiesFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.impl.JidCreate;

/** A person at a chat client. */
final class XmppPeer implements AutoCloseable {
    final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final XMPPTCPConnection connection;

    XmppPeer(String user, int port) throws Exception {
        connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                .setXmppAddressAndPassword(user + "@localhost", "secret-" + user)
                .setHost("127.0.0.1")
                .setPort(port)
                .setSecurityMode(SecurityMode.disabled)
                .build());
        // what it has not acknowledged when it leaves would come again
        connection.setUseStreamManagement(false);
        connection.addSyncStanzaListener(this::keep, MessageWithBodiesFilter.INSTANCE);
        connection.connect();
        connection.login();
    }

    private void keep(Stanza stanza) {
        received.add((Message) stanza);
    }

    /**
     * @param originId null for a client that gives none
     */
    void say(String user, @Nullable String originId, String text) throws Exception {
        var message = connection
                .getStanzaFactory()
                .buildMessageStanza()
                .to(JidCreate.bareFrom(user + "@localhost"))
                .ofType(Message.Type.chat)
                .setBody(text);
        if (originId != null) message.addExtension(MessageIds.originElement(originId));
        connection.sendStanza(message.build());
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
