package ai.chela.toolrunner.kafka;

import ai.chela.contracts.Topic;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.inbox.Inbox;
import ai.chela.toolrunner.call.CallFlow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads {@code chela.tool.requested.v1}. */
@ApplicationScoped
public class ToolRequests {
    private final Inbox inbox;
    private final CallFlow flow;

    public ToolRequests(Inbox inbox, CallFlow flow) {
        this.inbox = inbox;
        this.flow = flow;
    }

    @Incoming("tool-requested")
    Uni<Void> onToolRequested(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(Topic.TOOL_REQUESTED, ToolRequested.class, record, flow::take);
    }
}
