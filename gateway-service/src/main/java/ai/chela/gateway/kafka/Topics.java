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
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Every topic that this service reads, handed to the feature that it is for. */
@ApplicationScoped
public class Topics {
    private static final Logger LOG = Logger.getLogger(Topics.class);

    private final Inbox inbox;
    private final Replies replies;
    private final EventStreams streams;
    private final Approvals approvals;
    private final Views views;
    private final AuditSink audit;
    private final DeadLetters deadLetters;

    public Topics(
            Inbox inbox,
            Replies replies,
            EventStreams streams,
            Approvals approvals,
            Views views,
            AuditSink audit,
            DeadLetters deadLetters) {
        this.inbox = inbox;
        this.replies = replies;
        this.streams = streams;
        this.approvals = approvals;
        this.views = views;
        this.audit = audit;
        this.deadLetters = deadLetters;
    }

    @Incoming("reply")
    Uni<Void> onReply(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(Topic.REPLY, Reply.class, record, replies);
    }

    @Incoming("approval-requested")
    Uni<Void> onApproval(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(Topic.APPROVAL_REQUESTED, ApprovalNotice.class, record, approvals);
    }

    @Incoming("audit")
    Uni<Void> onAudit(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(Topic.AUDIT, AuditRecord.class, record, audit);
    }

    @Incoming("dead-letter")
    Uni<Void> onDeadLetter(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(Topic.DEAD_LETTER, DeadLetter.class, record, deadLetters);
    }

    @Incoming("schedule-viewed")
    Uni<Void> onScheduleViewed(ConsumerRecord<String, byte[]> record) {
        return broadcast(record, ScheduleViewed.class, (_, view) -> views.answered(view.requestId(), view));
    }

    @Incoming("memory-viewed")
    Uni<Void> onMemoryViewed(ConsumerRecord<String, byte[]> record) {
        return broadcast(record, MemoryViewed.class, (_, view) -> views.answered(view.requestId(), view));
    }

    @Incoming("reply-partial")
    Uni<Void> onPartial(ConsumerRecord<String, byte[]> record) {
        return broadcast(record, ReplyPartial.class, (envelope, partial) -> {
            if (envelope.conversation() != null) streams.partial(envelope.tenant(), envelope.conversation(), partial);
        });
    }

    @Incoming("event-stored")
    Uni<Void> onEventStored(ConsumerRecord<String, byte[]> record) {
        return broadcast(record, EventStored.class, (envelope, stored) -> {
            if (envelope.conversation() != null)
                streams.told(envelope.tenant(), envelope.conversation(), stored.number());
        });
    }

    /** A broadcast may be lost, so one that cannot be read is logged and left. */
    private static <T> Uni<Void> broadcast(
            ConsumerRecord<String, byte[]> record, Class<T> type, BiConsumer<Envelope, T> action) {
        try {
            action.accept(KafkaRecords.envelope(record), WireJson.read(record.value(), type));
        } catch (MalformedRecordException e) {
            LOG.warnf(
                    "broadcast.malformed topic=%s partition=%d offset=%d cause=%s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
        return Uni.createFrom().voidItem();
    }
}
