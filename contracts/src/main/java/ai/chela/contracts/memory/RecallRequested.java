package ai.chela.contracts.memory;

import ai.chela.contracts.Check;

/**
 * A read-only question to memory. A lost one is asked again with the same id.
 *
 * @param callId the answer carries it again
 * @param query in the person's own words, at most 10,000 characters
 * @param room whether the asking conversation is read by others: then no private memory is recalled
 * @param limit how many results at most, 1 to 50
 */
public record RecallRequested(String callId, String query, boolean room, int limit) {
    public RecallRequested {
        Check.text("callId", callId, 200);
        Check.text("query", query, 10_000);
        if (limit < 1 || limit > 50) throw new IllegalArgumentException("limit: from 1 to 50");
    }
}
