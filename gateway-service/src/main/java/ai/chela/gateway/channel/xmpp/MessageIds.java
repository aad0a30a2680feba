package ai.chela.gateway.channel.xmpp;

import javax.xml.namespace.QName;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.XmlElement;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;

/** The ids of a message (XEP-0359). */
final class MessageIds {
    private static final String NAMESPACE = "urn:xmpp:sid:0";

    private MessageIds() {}

    /** The element that carries the sender's own id. */
    static StandardExtensionElement originElement(String id) {
        return StandardExtensionElement.builder("origin-id", NAMESPACE)
                .addAttribute("id", id)
                .build();
    }

    /** The sender's own id. */
    static @Nullable String origin(Message message) {
        XmlElement found = message.getExtension(new QName(NAMESPACE, "origin-id"));
        return found instanceof StandardExtensionElement element ? present(element.getAttributeValue("id")) : null;
    }

    /** The id that the archive of this account has given it; what other archives have given it says nothing here. */
    static @Nullable String archived(Message message, BareJid account) {
        for (XmlElement found : message.getExtensions(new QName(NAMESPACE, "stanza-id")))
            if (found instanceof StandardExtensionElement element
                    && account.toString().equals(element.getAttributeValue("by")))
                return present(element.getAttributeValue("id"));
        return null;
    }

    private static @Nullable String present(@Nullable String id) {
        return id == null || id.isBlank() ? null : id;
    }
}
