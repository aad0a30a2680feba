package ai.chela.gateway.channel.xmpp;

import ai.chela.gateway.channel.ArchivePosition;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what the server's archive has and this side has not, so that nothing depends on what was acknowledged when.
 * The position moves only here and only past what is stored; what was told live as well is recognised by its id.
 */
final class CatchUp {
    /** Where the position is kept; durable when {@link #reach} returns. */
    interface Positions {
        /** Null when this account was never looked through. */
        @Nullable
        ArchivePosition reached();

        void reach(ArchivePosition position);
    }

    private CatchUp() {}

    /** Appears with everything taken that was written before. Where the server has no archive it just appears. */
    static void appear(XmppSession session, Positions positions)
            throws SmackException, XMPPException, InterruptedException {
        XmppArchive archive = session.archive();
        if (archive != null && positions.reached() != null) {
            // a server may keep back what came between a question to the archive and the appearance: first appear, then
            // ask
            session.leaveToArchive();
            session.appear();
            do run(session, positions);
            while (!session.takeLive());
            return;
        }
        session.appear();
        // what came before the answer to this question is stored by then, for its listener was waited for
        if (archive != null) positions.reach(archive.end());
    }

    /** Looks through what the archive has since the position. */
    static void run(XmppSession session, Positions positions)
            throws SmackException, XMPPException, InterruptedException {
        XmppArchive archive = session.archive();
        ArchivePosition from = archive == null ? null : positions.reached();
        if (archive == null || from == null) return;
        for (boolean complete = false; !complete; ) {
            XmppArchive.Page page = archive.after(from);
            for (XmppArchive.Entry entry : page.entries())
                if (!archive.isOwn(entry.message())
                        && !session.tookLive(entry.position().entry()))
                    session.tell(entry.message(), entry.position().entry());
            complete = page.complete() || page.entries().isEmpty();
            if (!page.entries().isEmpty()) {
                from = page.entries().getLast().position();
                positions.reach(from);
            }
        }
    }
}
