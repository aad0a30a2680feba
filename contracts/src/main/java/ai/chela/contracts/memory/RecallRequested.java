package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import org.jspecify.annotations.Nullable;

/**
 * A read-only question to memory. A lost one is asked again with the same id.
 *
 * @param callId the answer carries it again
 * @param query in the person's own words, at most 10,000 characters
 * @param room whether the asking conversation is read by others: then no private memory is recalled
 * @param limit how many results at most, 1 to 50
 * @param mostTokens about how many tokens all results together may have, 1 to 100,000; null for no such limit. The best result is
 *     given in any case
 * @param preferences how many of the asker's preferences to send along at most, 1 to 50; null for none
 */
public record RecallRequested(
        String callId,
        String query,
        boolean room,
        int limit,
        @Nullable Integer mostTokens,
        @Nullable Integer preferences) {
    public RecallRequested {
        Check.text("callId", callId, 200);
        Check.text("query", query, 10_000);
        if (limit < 1 || limit > 50) throw new IllegalArgumentException("limit: from 1 to 50");
        if (mostTokens != null && (mostTokens < 1 || mostTokens > 100_000))
            throw new IllegalArgumentException("mostTokens: from 1 to 100000");
        if (preferences != null && (preferences < 1 || preferences > 50))
            throw new IllegalArgumentException("preferences: from 1 to 50");
    }

    /** Without preferences. */
    public RecallRequested(String callId, String query, boolean room, int limit, @Nullable Integer mostTokens) {
        this(callId, query, room, limit, mostTokens, null);
    }

    /** Without a limit of tokens, and without preferences. */
    public RecallRequested(String callId, String query, boolean room, int limit) {
        this(callId, query, room, limit, null, null);
    }
}
