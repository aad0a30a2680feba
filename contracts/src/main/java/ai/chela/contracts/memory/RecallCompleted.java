package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import java.util.List;

/**
 * The answer to a {@link RecallRequested}.
 *
 * @param certain true when the first fact is above the threshold below which Chela says that it does not know
 * @param facts best first; may hold weak ones when not certain
 */
public record RecallCompleted(String callId, boolean certain, List<RecalledFact> facts, long millis) {
    public RecallCompleted {
        Check.text("callId", callId, 200);
        facts = Check.listOrEmpty("facts", facts);
    }
}
