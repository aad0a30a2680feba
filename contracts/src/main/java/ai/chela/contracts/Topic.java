package ai.chela.contracts;

import ai.chela.contracts.approval.ApprovalDecided;
import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.contracts.audit.AuditRecord;
import ai.chela.contracts.audit.DeadLetter;
import ai.chela.contracts.identity.PersonChanged;
import ai.chela.contracts.memory.ExtractionCompleted;
import ai.chela.contracts.memory.ExtractionRequested;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.MemoryViewed;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecallRequested;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.ScheduleViewed;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.tool.ToolCompleted;
import ai.chela.contracts.tool.ToolDeclared;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.contracts.turn.EventStored;
import ai.chela.contracts.turn.MessageReceived;
import ai.chela.contracts.turn.Reply;
import ai.chela.contracts.turn.ReplyPartial;
import ai.chela.contracts.turn.TurnCompleted;
import ai.chela.contracts.view.ViewRequested;
import java.time.Duration;
import java.util.List;

/** Every topic: its name, the one service that writes it, who reads it, how its records are kept. */
public enum Topic {
    MESSAGE_RECEIVED("chela.message.received.v1", MessageReceived.class, "gateway", "agent", Delivery.ORDERED),
    REPLY("chela.reply.v1", Reply.class, "agent", "gateway", Delivery.ORDERED),
    REPLY_PARTIAL("chela.reply.partial.v1", ReplyPartial.class, "agent", "gateway", Delivery.BROADCAST),
    EVENT_STORED("chela.event.stored.v1", EventStored.class, "gateway", "gateway", Delivery.BROADCAST),
    TURN_COMPLETED("chela.turn.completed.v1", TurnCompleted.class, "agent", "memory", Delivery.ORDERED),
    TOOL_REQUESTED("chela.tool.requested.v1", ToolRequested.class, "agent", "tool-runner", Delivery.ORDERED),
    TOOL_COMPLETED("chela.tool.completed.v1", ToolCompleted.class, "tool-runner", "agent", Delivery.ORDERED),
    TOOL_DECLARED("chela.tool.declared.v1", ToolDeclared.class, "tool-runner", "agent", Delivery.LATEST),
    RECALL_REQUESTED("chela.recall.requested.v1", RecallRequested.class, "agent", "memory", Delivery.QUESTION),
    RECALL_COMPLETED("chela.recall.completed.v1", RecallCompleted.class, "memory", "agent", Delivery.QUESTION),
    MEMORY_REQUESTED("chela.memory.requested.v1", MemoryRequested.class, "agent", "memory", Delivery.ORDERED),
    MEMORY_CHANGED("chela.memory.changed.v1", MemoryChanged.class, "memory", "agent", Delivery.ORDERED),
    EXTRACTION_REQUESTED(
            "chela.extraction.requested.v1", ExtractionRequested.class, "memory", "agent", Delivery.ORDERED),
    EXTRACTION_COMPLETED(
            "chela.extraction.completed.v1", ExtractionCompleted.class, "agent", "memory", Delivery.ORDERED),
    MEMORY_VIEWED("chela.memory.viewed.v1", MemoryViewed.class, "memory", "gateway", Delivery.BROADCAST),
    SCHEDULE_REQUESTED("chela.schedule.requested.v1", ScheduleRequested.class, "agent", "scheduler", Delivery.ORDERED),
    SCHEDULE_CHANGED("chela.schedule.changed.v1", ScheduleChanged.class, "scheduler", "agent", Delivery.ORDERED),
    SCHEDULE_VIEWED("chela.schedule.viewed.v1", ScheduleViewed.class, "scheduler", "gateway", Delivery.BROADCAST),
    TRIGGER_FIRED("chela.trigger.fired.v1", TriggerFired.class, "scheduler", "agent", Delivery.ORDERED),
    APPROVAL_REQUESTED("chela.approval.requested.v1", ApprovalNotice.class, "agent", "gateway", Delivery.ORDERED),
    APPROVAL_DECIDED("chela.approval.decided.v1", ApprovalDecided.class, "gateway", "agent", Delivery.ORDERED),
    VIEW_REQUESTED("chela.view.requested.v1", ViewRequested.class, "gateway", "memory,scheduler", Delivery.QUESTION),
    PERSON_CHANGED("chela.person.changed.v1", PersonChanged.class, "gateway", "agent,scheduler", Delivery.LATEST),
    AUDIT("chela.audit.v1", AuditRecord.class, "*", "gateway", Delivery.UNORDERED),
    DEAD_LETTER("chela.dead-letter.v1", DeadLetter.class, "*", "gateway", Delivery.UNORDERED);

    /** How records of a topic are written, read and kept. */
    public enum Delivery {
        /** Outbox to inbox, effectively once, applied in the order of {@link Envelope#number()} per key; kept 72 hours. */
        ORDERED(Duration.ofHours(72)),
        /** Outbox to inbox, effectively once, in any order; kept 72 hours. */
        UNORDERED(Duration.ofHours(72)),
        /** Neither outbox nor inbox: a lost one is asked again; kept one hour. */
        QUESTION(Duration.ofHours(1)),
        /** Read by every instance from the end, may be lost; kept ten minutes. */
        BROADCAST(Duration.ofMinutes(10)),
        /** Compacted: the newest record per key is kept for good, every instance reads it from the beginning. */
        LATEST(Duration.ZERO);

        private final Duration retention;

        Delivery(Duration retention) {
            this.retention = retention;
        }

        /** How long Kafka keeps a record; zero means compaction. */
        public Duration retention() {
            return retention;
        }
    }

    private final String topicName;
    private final Class<?> payload;
    private final String writer;
    private final List<String> readers;
    private final Delivery delivery;

    Topic(String topicName, Class<?> payload, String writer, String readers, Delivery delivery) {
        this.topicName = topicName;
        this.payload = payload;
        this.writer = writer;
        this.readers = readers.isEmpty() ? List.of() : List.of(readers.split(","));
        this.delivery = delivery;
    }

    /** The name in Kafka, which is also the {@code ce_type}. */
    public String topicName() {
        return topicName;
    }

    /** The record or sealed interface that the payload is read as. */
    public Class<?> payload() {
        return payload;
    }

    /** The one service that writes it, {@code *} for all. */
    public String writer() {
        return writer;
    }

    /** The services that read it; none where what is written is not read yet. */
    public List<String> readers() {
        return readers;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** Whether somebody waits for what it carries; what nobody waits for is sent some together. */
    public boolean urgent() {
        return switch (this) {
            case AUDIT, DEAD_LETTER, TURN_COMPLETED, EXTRACTION_REQUESTED, EXTRACTION_COMPLETED -> false;
            case MESSAGE_RECEIVED,
                    REPLY,
                    REPLY_PARTIAL,
                    EVENT_STORED,
                    TOOL_REQUESTED,
                    TOOL_COMPLETED,
                    TOOL_DECLARED,
                    RECALL_REQUESTED,
                    RECALL_COMPLETED,
                    MEMORY_REQUESTED,
                    MEMORY_CHANGED,
                    MEMORY_VIEWED,
                    SCHEDULE_REQUESTED,
                    SCHEDULE_CHANGED,
                    SCHEDULE_VIEWED,
                    TRIGGER_FIRED,
                    APPROVAL_REQUESTED,
                    APPROVAL_DECIDED,
                    VIEW_REQUESTED,
                    PERSON_CHANGED -> true;
        };
    }

    /**
     * The topic of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Topic named(String name) {
        for (Topic topic : values()) if (topic.topicName.equals(name)) return topic;
        throw new IllegalArgumentException("no topic is named " + name);
    }
}
