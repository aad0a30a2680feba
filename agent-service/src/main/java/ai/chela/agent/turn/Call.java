package ai.chela.agent.turn;

import ai.chela.agent.planner.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a turn on its way.
 *
 * @param id computed from the turn and the call's place in it
 * @param modelCallId the model's own id of the tool call, null when the planner decided it
 * @param approval code of the approval that allowed it, null when none was needed
 * @param replyTo the message that is answered with its result, null for none: the {@code /approve} that released it
 * @param rule the policy rule that decided on it
 */
public record Call(
        String id,
        Operation operation,
        CallState state,
        @Nullable String modelCallId,
        @Nullable String approval,
        @Nullable String replyTo,
        String rule) {
    public Call with(CallState newState) {
        return new Call(id, operation, newState, modelCallId, approval, replyTo, rule);
    }

    Call approved(String code, @Nullable String answer) {
        return new Call(id, operation, state, modelCallId, code, answer, rule);
    }

    public boolean requested() {
        return state instanceof CallState.Requested;
    }

    public boolean asked() {
        return state instanceof CallState.Asked;
    }

    /** The result, null while there is none. */
    public @Nullable CallResult result() {
        return state instanceof CallState.Done(CallResult result) ? result : null;
    }
}
