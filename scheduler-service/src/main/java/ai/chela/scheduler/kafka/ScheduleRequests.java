package ai.chela.scheduler.kafka;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import ai.chela.scheduler.trigger.Register;
import ai.chela.scheduler.trigger.TriggerFlow;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Takes requests in. */
@ApplicationScoped
public class ScheduleRequests {
    private final Inbox inbox;
    private final TriggerFlow flow;

    public ScheduleRequests(Inbox inbox, TriggerFlow flow) {
        this.inbox = inbox;
        this.flow = flow;
    }

    @Incoming("schedule-requested")
    public Uni<Void> onScheduleRequested(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(
                Topic.SCHEDULE_REQUESTED, ScheduleRequested.class, record, new Requests(flow, record.value()));
    }

    private record Requests(TriggerFlow flow, byte @Nullable [] value) implements Inbox.Handler<ScheduleRequested> {
        @Override
        public Uni<Void> handle(UnitOfWork unit, Received<ScheduleRequested> received) {
            return flow.take(unit, received);
        }

        /** Somebody waits for an answer to this call, readable or not. */
        @Override
        public Uni<Void> dead(UnitOfWork unit, Envelope envelope, Throwable failure) {
            String callId = callId();
            if (callId == null) return Uni.createFrom().voidItem();
            return Register.answer(
                    unit,
                    envelope.id(),
                    new ScheduleChanged.Refused(callId, "schedule.unreadable", failure.getMessage()));
        }

        private @Nullable String callId() {
            if (value == null) return null;
            try {
                JsonNode call = WireJson.mapper().readTree(value).path("callId");
                return call.isTextual()
                                && !call.asText().isBlank()
                                && call.asText().length() <= 200
                        ? call.asText()
                        : null;
            } catch (IOException _) {
                // Not JSON at all: nobody can have asked this.
                return null;
            }
        }
    }
}
