package ai.chela.agent.turn;

import ai.chela.contracts.approval.ApprovalNotice.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a turn wants to be done, in this order. Everything but {@link AskModel} is part of the step's transaction. */
public sealed interface TurnCommand {
    /** Hand a call to the service that does it. */
    record Request(Call call, Instant deadline) implements TurnCommand {}

    /** Change a preference of the person: {@code settings.*}. */
    record Prefer(Call call) implements TurnCommand {}

    /** Ask a person. */
    record AskApproval(Call call, CallState.Asked asked) implements TurnCommand {}

    /** An approval is no longer open. */
    record CloseApproval(
            String code, Outcome outcome, @Nullable String by) implements TurnCommand {}

    /** Call the model after the commit, under a lease. */
    record AskModel(int attempt) implements TurnCommand {}

    /** Tell the conversation. {@code awaiting} is the code of the approval asked for, null for none. */
    record Answer(
            @Nullable String inReplyTo,
            String text,
            @Nullable String awaiting) implements TurnCommand {}

    record Fail(@Nullable String inReplyTo, String code, String text) implements TurnCommand {}

    /** Progress that a person may want to see. */
    record ShowStep(@Nullable String inReplyTo, String text) implements TurnCommand {}
}
