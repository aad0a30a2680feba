package ai.chela.gateway.channel.xmpp;

import ai.chela.gateway.channel.ArchivePosition;
import ai.chela.kit.wire.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.StanzaCollector;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smackx.delay.packet.DelayInformation;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.rsm.packet.RSMSet;
import org.jivesoftware.smackx.rsm.packet.RSMSet.PageDirection;
import org.jivesoftware.smackx.xdata.FormField;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;

/** The own account's archive at the server (XEP-0313): what was received and sent, in order. Blocks its caller. */
final class XmppArchive {
    private static final int PAGE = 50;

    /** How far the clocks of this machine and the server may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    /** How many pages a look for one sent message may take. */
    private static final int LOOK_PAGES = 20;

    /**
     * @param position of this entry: where to go on when it was taken
     */
    record Entry(ArchivePosition position, Message message) {}

    record Page(List<Entry> entries, boolean complete) {}

    /** Whether a message was sent. */
    enum Look {
        THERE,
        NOT_THERE,
        /** The archive does not keep everything, or there was too much to look through. */
        UNSURE
    }

    private final XMPPTCPConnection connection;
    private final BareJid own;

    private XmppArchive(XMPPTCPConnection connection, BareJid own) {
        this.connection = connection;
        this.own = own;
    }

    /** Null when the server keeps none for this account. */
    static @Nullable XmppArchive of(XMPPTCPConnection connection)
            throws SmackException, XMPPException, InterruptedException {
        Mam.register();
        BareJid own = connection.getUser().asBareJid();
        try {
            boolean there = ServiceDiscoveryManager.getInstanceFor(connection).supportsFeature(own, Mam.NAMESPACE);
            return there ? new XmppArchive(connection, own) : null;
        } catch (XMPPException.XMPPErrorException _) {
            // a server that says nothing about accounts keeps no archive of them
            return null;
        }
    }

    /** Where the archive ends now. */
    ArchivePosition end() throws SmackException, XMPPException, InterruptedException {
        List<Entry> last = page(form(), new RSMSet(1, "", PageDirection.before)).entries();
        return last.isEmpty() ? ArchivePosition.START : last.getLast().position();
    }

    /** What comes after a position, in order; where the archive has let go of that entry, what came since its time. */
    Page after(ArchivePosition position) throws SmackException, XMPPException, InterruptedException {
        String id = position.entry();
        if (id == null) return page(form(), new RSMSet(PAGE));
        try {
            return page(form(), new RSMSet(PAGE, id, PageDirection.after));
        } catch (XMPPException.XMPPErrorException e) {
            if (e.getStanzaError().getCondition() != StanzaError.Condition.item_not_found) throw e;
            return page(since(form(), position.at()), new RSMSet(PAGE));
        }
    }

    /**
     * Whether a message of that id was sent to an address.
     *
     * @param since when it was first to be sent, by this machine's clock
     */
    Look sent(String id, String address, Instant since) throws SmackException, XMPPException, InterruptedException {
        DataForm.Builder form = since(form(), since.minus(CLOCKS));
        form.addField(FormField.builder("with").setValue(address).build());
        RSMSet next = new RSMSet(PAGE);
        for (int i = 0; i < LOOK_PAGES; i++) {
            Page page = page(form, next);
            if (page.entries().stream().anyMatch(entry -> isOwn(entry.message()) && hasId(entry.message(), id)))
                return Look.THERE;
            if (page.complete() || page.entries().isEmpty()) return keepsEverything() ? Look.NOT_THERE : Look.UNSURE;
            next = new RSMSet(PAGE, page.entries().getLast().position().entry(), PageDirection.after);
        }
        return Look.UNSURE;
    }

    /** Whether Chela herself wrote it, here or at another client. */
    boolean isOwn(Message message) {
        return message.getFrom() == null || message.getFrom().asBareJid().equals(own);
    }

    private static boolean hasId(Message message, String id) {
        return id.equals(MessageIds.origin(message)) || id.equals(message.getStanzaId());
    }

    private boolean keepsEverything() throws SmackException, InterruptedException {
        try {
            Mam.Preferences preferences = connection.sendIqRequestAndWaitForResponse(new Mam.Preferences(null));
            return preferences.everything();
        } catch (XMPPException.XMPPErrorException _) {
            return false;
        }
    }

    private Page page(DataForm.Builder form, RSMSet set) throws SmackException, XMPPException, InterruptedException {
        String query = Ids.random();
        try (StanzaCollector results = connection.createStanzaCollector(stanza -> answers(stanza, query))) {
            Mam.Fin fin = connection.sendIqRequestAndWaitForResponse(new Mam.Query(query, form.build(), set));
            List<Entry> entries = new ArrayList<>();
            for (Stanza stanza; (stanza = results.pollResult()) != null; ) entries.add(entry(stanza));
            return new Page(entries, fin.complete());
        }
    }

    /** Results come from the own account and nobody else: anybody can send us a message that looks like one. */
    private boolean answers(Stanza stanza, String query) {
        if (stanza.getFrom() != null && !stanza.getFrom().equals(own)) return false;
        return stanza.getExtension(Mam.RESULT) instanceof Mam.Result result
                && result.query().equals(query);
    }

    private static Entry entry(Stanza stanza) {
        if (!(stanza.getExtension(Mam.RESULT) instanceof Mam.Result result))
            throw new IllegalStateException("a result that was one before");
        DelayInformation delay = result.forwarded().getDelayInformation();
        Instant at = delay == null ? null : delay.getStamp().toInstant();
        return new Entry(
                new ArchivePosition(result.id(), at), result.forwarded().getForwardedStanza());
    }

    private static DataForm.Builder form() {
        return DataForm.builder().addField(FormField.buildHiddenFormType(Mam.NAMESPACE));
    }

    private static DataForm.Builder since(DataForm.Builder form, @Nullable Instant at) {
        return at == null
                ? form
                : form.addField(
                        FormField.builder("start").setValue(at.toString()).build());
    }
}
