package ai.chela.scheduler.kafka;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.topic.Subscriptions;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import ai.chela.scheduler.trigger.Register;
import ai.chela.scheduler.trigger.TriggerFlow;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes requests in. */
@ApplicationScoped
public class ScheduleRequests implements Inbox.Handler<ScheduleRequested> {
    private final TriggerFlow flow;

    public ScheduleRequests(TriggerFlow flow) {
        this.flow = flow;
    }

    void read(@Observes Subscriptions topics) {
        topics.inbox(Topic.SCHEDULE_REQUESTED, ScheduleRequested.class, this);
    }

    @Override
    public Uni<Void> handle(UnitOfWork unit, Received<ScheduleRequested> received) {
        return flow.take(unit, received);
    }

    /** Somebody waits for an answer to this call, readable or not. */
    @Override
    public Uni<Void> dead(UnitOfWork unit, Envelope envelope, byte[] value, Throwable failure) {
        String callId = callId(value);
        if (callId == null) return Uni.createFrom().voidItem();
        return Register.answer(
                unit, envelope.id(), new ScheduleChanged.Refused(callId, "schedule.unreadable", failure.getMessage()));
    }

    private static @Nullable String callId(byte[] value) {
        try {
            JsonNode call = WireJson.mapper().readTree(value).path("callId");
            return call.isTextual() && !call.asText().isBlank() && call.asText().length() <= 200 ? call.asText() : null;
        } catch (IOException _) {
            // Not JSON at all: nobody can have asked this.
            return null;
        }
    }
}
