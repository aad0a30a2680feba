package ai.chela.gateway.conversation;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.contracts.turn.Reply;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.Received;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Stores what the agent tells a conversation, and shows it. */
@ApplicationScoped
public class Replies implements Inbox.Handler<Reply> {
    /** Where conversations of chat platforms are answered. */
    public interface Platforms {
        /** Stores an answer to an address in this unit, to be sent in order; the same cause again stores nothing. */
        Uni<Void> store(UnitOfWork unit, String channel, String address, String cause, String text);
    }

    private final EventStreams streams;
    private final Platforms platforms;
    private final MeterRegistry meters;

    public Replies(EventStreams streams, Platforms platforms, MeterRegistry meters) {
        this.streams = streams;
        this.platforms = platforms;
        this.meters = meters;
    }

    @Override
    public Uni<Void> handle(UnitOfWork unit, Received<Reply> received) {
        return show(unit, conversation(received.envelope()), EventDraft.of(received.payload()));
    }

    /** An answer that cannot be read must not be silence. */
    @Override
    public Uni<Void> dead(UnitOfWork unit, Envelope envelope, byte[] value, Throwable failure) {
        EventDraft draft = new EventDraft(
                EventType.FAILED,
                null,
                "An answer arrived that could not be read. Ask again. / 收到了一个无法读取的回答，请重新提问。",
                "reply.unreadable",
                null,
                null,
                Instant.now());
        return show(unit, conversation(envelope), draft);
    }

    /** The life of an approval as events of its conversation. */
    public Uni<Void> approval(UnitOfWork unit, Received<ApprovalNotice> received) {
        return show(unit, conversation(received.envelope()), EventDraft.of(received.payload()));
    }

    private Uni<Void> show(UnitOfWork unit, ConversationId conversation, EventDraft draft) {
        return ConversationStore.append(unit, conversation, "http", draft).chain(appended -> {
            unit.afterCommit(() -> {
                streams.stored(unit.origin(), conversation, appended.event());
                measure(appended.accepted());
            });
            return onPlatform(unit, conversation, appended);
        });
    }

    /** Answers and failures of a conversation on a chat platform are said there too. */
    private Uni<Void> onPlatform(UnitOfWork unit, ConversationId conversation, ConversationStore.Appended appended) {
        StoredEvent event = appended.event();
        String channel = conversation.channel();
        String address = appended.address();
        boolean said = event.kind() == EventType.REPLY || event.kind() == EventType.FAILED;
        if (channel == null || address == null || !said) return Uni.createFrom().voidItem();
        return platforms.store(unit, channel, address, conversation.wire() + " " + event.number(), event.text());
    }

    private void measure(@Nullable Instant accepted) {
        if (accepted != null) meters.timer("chela.reply.latency").record(Duration.between(accepted, Instant.now()));
    }

    private static ConversationId conversation(Envelope envelope) {
        String wire = envelope.conversation();
        if (wire == null) throw new MalformedRecordException("header ce_subject is missing", null);
        try {
            return ConversationId.parse(wire);
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("header ce_subject: " + e.getMessage(), e);
        }
    }
}
