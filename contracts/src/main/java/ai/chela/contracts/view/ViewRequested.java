package ai.chela.contracts.view;

import ai.chela.contracts.Check;

/**
 * Asks another service for what the person in the envelope may see. Answered by {@code MemoryViewed} or {@code
 * ScheduleViewed}; unanswered it times out.
 *
 * @param instance the gateway instance that asks
 */
public record ViewRequested(String requestId, String instance, Kind kind) {
    public ViewRequested {
        Check.text("requestId", requestId, 200);
        Check.text("instance", instance, 200);
        Check.present("kind", kind);
    }

    public enum Kind {
        MEMORIES,
        TRIGGERS
    }
}
