package ai.chela.agent.turn;

import java.util.Map;

/**
 * What became of a call.
 *
 * @param text for people, in the turn's language; may be empty when there is nothing to say
 * @param data the same for a model
 * @param millis what the doing service needed
 */
public record CallResult(Outcome outcome, String text, Map<String, Object> data, long millis) {
    /** What a turn must tell apart. */
    public enum Outcome {
        OK,
        /** Memory holds nothing that fits well enough. */
        UNCERTAIN,
        FAILED,
        /** Not done: wrong arguments, missing sandbox, refused by the doing service. */
        REFUSED,
        /** Not done: policy says no. */
        DENIED_BY_POLICY,
        /** Not done: a person said no. */
        DENIED,
        EXPIRED,
        STOPPED,
        /** May or may not have had its effect. */
        UNKNOWN,
        /** Not done yet: the doing service found that a person must be asked first. */
        NEEDS_APPROVAL
    }

    public static CallResult of(Outcome outcome, String text) {
        return new CallResult(outcome, text, Map.of(), 0);
    }
}
