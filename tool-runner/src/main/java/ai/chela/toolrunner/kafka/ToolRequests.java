package ai.chela.toolrunner.kafka;

import ai.chela.contracts.Topic;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.topic.Subscriptions;
import ai.chela.toolrunner.call.CallFlow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Reads {@code chela.tool.requested.v1}. */
@ApplicationScoped
public class ToolRequests {
    private final CallFlow flow;

    public ToolRequests(CallFlow flow) {
        this.flow = flow;
    }

    void read(@Observes Subscriptions topics) {
        topics.inbox(Topic.TOOL_REQUESTED, ToolRequested.class, flow::take);
    }
}
