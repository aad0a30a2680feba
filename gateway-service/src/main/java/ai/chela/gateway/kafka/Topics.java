package ai.chela.gateway.kafka;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.contracts.audit.AuditRecord;
import ai.chela.contracts.audit.DeadLetter;
import ai.chela.contracts.memory.MemoryViewed;
import ai.chela.contracts.schedule.ScheduleViewed;
import ai.chela.contracts.turn.EventStored;
import ai.chela.contracts.turn.Reply;
import ai.chela.contracts.turn.ReplyPartial;
import ai.chela.gateway.approval.Approvals;
import ai.chela.gateway.audit.AuditSink;
import ai.chela.gateway.audit.DeadLetters;
import ai.chela.gateway.conversation.EventStreams;
import ai.chela.gateway.conversation.Replies;
import ai.chela.gateway.view.Views;
import ai.chela.kit.topic.Subscriptions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Every topic that this service reads, handed to the feature that it is for. */
@ApplicationScoped
public class Topics {
    private final Replies replies;
    private final EventStreams streams;
    private final Approvals approvals;
    private final Views views;
    private final AuditSink audit;
    private final DeadLetters deadLetters;

    public Topics(
            Replies replies,
            EventStreams streams,
            Approvals approvals,
            Views views,
            AuditSink audit,
            DeadLetters deadLetters) {
        this.replies = replies;
        this.streams = streams;
        this.approvals = approvals;
        this.views = views;
        this.audit = audit;
        this.deadLetters = deadLetters;
    }

    void read(@Observes Subscriptions topics) {
        topics.inbox(Topic.REPLY, Reply.class, replies);
        topics.inbox(Topic.APPROVAL_REQUESTED, ApprovalNotice.class, approvals);
        topics.inbox(Topic.AUDIT, AuditRecord.class, audit);
        topics.inbox(Topic.DEAD_LETTER, DeadLetter.class, deadLetters);
        topics.direct(
                Topic.SCHEDULE_VIEWED, ScheduleViewed.class, told((_, view) -> views.answered(view.requestId(), view)));
        topics.direct(
                Topic.MEMORY_VIEWED, MemoryViewed.class, told((_, view) -> views.answered(view.requestId(), view)));
        topics.direct(
                Topic.REPLY_PARTIAL,
                ReplyPartial.class,
                told((envelope, partial) -> inConversation(
                        envelope, conversation -> streams.partial(envelope.tenant(), conversation, partial))));
        topics.direct(
                Topic.EVENT_STORED,
                EventStored.class,
                told((envelope, stored) -> inConversation(
                        envelope, conversation -> streams.told(envelope.tenant(), conversation, stored.number()))));
    }

    private static void inConversation(Envelope envelope, Consumer<String> action) {
        if (envelope.conversation() != null) action.accept(envelope.conversation());
    }

    private static <T> BiFunction<Envelope, T, Uni<Void>> told(BiConsumer<Envelope, T> action) {
        return (envelope, payload) -> {
            action.accept(envelope, payload);
            return Uni.createFrom().voidItem();
        };
    }
}
