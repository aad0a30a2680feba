package ai.chela.contracts.schedule;

import ai.chela.contracts.Check;
import java.util.List;

/** The schedule side of a view: every instance of the gateway sees it, the asking one keeps it. */
public record ScheduleViewed(String requestId, String instance, List<TriggerView> triggers, long total) {
    public ScheduleViewed {
        Check.text("requestId", requestId, 200);
        Check.text("instance", instance, 200);
        triggers = Check.listOrEmpty("triggers", triggers);
    }
}
