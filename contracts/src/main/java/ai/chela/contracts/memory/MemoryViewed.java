package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import java.util.List;

/** The memory side of a view: every instance of the gateway sees it, the asking one keeps it. */
public record MemoryViewed(String requestId, String instance, List<RecalledFact> facts, long total) {
    public MemoryViewed {
        Check.text("requestId", requestId, 200);
        Check.text("instance", instance, 200);
        facts = Check.listOrEmpty("facts", facts);
    }
}
