package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link RecallRequested}.
 *
 * @param certain true when the first fact is above the threshold below which Chela says that it does not know
 * @param facts best first; may hold weak ones when not certain
 * @param preferences how the asker wants things done, in her own words, newest first: only what she said herself and may
 *     see where she asks. Null when they were not asked for
 */
public record RecallCompleted(
        String callId,
        boolean certain,
        List<RecalledFact> facts,
        long millis,
        @Nullable List<RecalledFact> preferences) {
    public RecallCompleted {
        Check.text("callId", callId, 200);
        facts = Check.listOrEmpty("facts", facts);
        preferences = preferences == null ? null : Check.list("preferences", preferences);
    }

    /** Without preferences. */
    public RecallCompleted(String callId, boolean certain, List<RecalledFact> facts, long millis) {
        this(callId, certain, facts, millis, null);
    }
}
