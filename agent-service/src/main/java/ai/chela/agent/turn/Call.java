package ai.chela.agent.turn;

import ai.chela.agent.operation.Doer;
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
    private static final String TRY = "#";

    public Call with(CallState newState) {
        return new Call(id, operation, newState, modelCallId, approval, replyTo, rule);
    }

    /** What its request is called outside: its id, and for another try of a tool the number of the try. */
    public String requestId() {
        return state instanceof CallState.Requested(var _, int attempt)
                        && attempt > 1
                        && Doer.of(operation.name()) == Doer.TOOL
                ? id + TRY + attempt
                : id;
    }

    /** The id of the call whose request is called {@code requestId}. */
    static String idOf(String requestId) {
        int mark = requestId.indexOf(TRY);
        return mark < 0 ? requestId : requestId.substring(0, mark);
    }

    /** The same when the message that released it has its answer. */
    Call told() {
        return replyTo == null ? this : new Call(id, operation, state, modelCallId, approval, null, rule);
    }

    Call approved(String code, @Nullable String answer) {
        return new Call(id, operation, state, modelCallId, code, answer, rule);
    }

    Call by(String newRule) {
        return new Call(id, operation, state, modelCallId, approval, replyTo, newRule);
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
