package ai.chela.memory.kafka;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.topic.Subscriptions;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import ai.chela.memory.fact.MemoryFlow;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Changes of memory: taken in once, in order, answered by what came of them. */
@ApplicationScoped
public class MemoryTopics implements Inbox.Handler<MemoryRequested> {
    private final MemoryFlow flow;

    public MemoryTopics(MemoryFlow flow) {
        this.flow = flow;
    }

    void read(@Observes Subscriptions topics) {
        topics.inbox(Topic.MEMORY_REQUESTED, MemoryRequested.class, this);
    }

    @Override
    public Uni<Void> handle(UnitOfWork unit, Received<MemoryRequested> received) {
        return flow.handle(unit, received.envelope(), received.payload())
                .chain(changed -> publish(unit, received.envelope(), changed));
    }

    /** Whoever asked waits for an answer, so there is one wherever the call can still be named. */
    @Override
    public Uni<Void> dead(UnitOfWork unit, Envelope envelope, byte[] value, Throwable failure) {
        String callId = callId(value);
        if (callId == null) return Uni.createFrom().voidItem();
        return publish(unit, envelope, new MemoryChanged.Refused(callId, "memory.failed"));
    }

    private static Uni<Void> publish(UnitOfWork unit, Envelope envelope, MemoryChanged changed) {
        return unit.publish(Topic.MEMORY_CHANGED, Ids.derive(envelope.id(), "memory-changed"), changed);
    }

    private static @Nullable String callId(byte[] payload) {
        try {
            JsonNode callId = WireJson.mapper().readTree(payload).path("callId");
            boolean usable = callId.isTextual()
                    && !callId.textValue().isBlank()
                    && callId.textValue().length() <= 200;
            return usable ? callId.textValue() : null;
        } catch (IOException _) {
            return null;
        }
    }
}
