package ai.chela.toolrunner.call;

import java.time.Instant;

/** What is done with a call that was taken. */
public enum CallStart {
    /** Run it. */
    RUN,
    /** Its deadline passed before it was started. */
    TOO_LATE,
    /** An earlier holder may have run it, and running it twice is not the same as once. */
    UNKNOWN;

    /**
     * Decides.
     *
     * @param repeatable whether the tool is declared safe to repeat; false for an unknown tool
     */
    public static CallStart of(Call call, boolean repeatable, Instant now) {
        if (call.startedBefore() && !repeatable) return UNKNOWN;
        return now.isBefore(call.request().deadline()) ? RUN : TOO_LATE;
    }
}
