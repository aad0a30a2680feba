package ai.chela.agent.turn;

import ai.chela.agent.planner.Planned;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can happen to a turn. */
public sealed interface TurnEvent {
    /**
     * It is its turn; the planner has read the text.
     *
     * @param planned null where only a model may answer
     * @param open what waits for a decision of this person, where the plan is to explain that; else empty
     */
    record Begun(@Nullable Planned planned, List<OpenApproval> open) implements TurnEvent {
        public Begun {
            open = List.copyOf(open);
        }

        /** Where the plan has nothing to explain. */
        public Begun(@Nullable Planned planned) {
            this(planned, List.of());
        }
    }

    /** A call's result has come. {@code callId} is what its request was called: {@link Call#requestId}. */
    record CallCompleted(String callId, CallResult result) implements TurnEvent {}

    /** The model has answered. {@code attempt} is the number of the model call within the turn, from 1. */
    record ModelAnswered(int attempt, String text, List<ToolCall> calls) implements TurnEvent {
        /**
         * A tool call of the model.
         *
         * @param operation the operation's name; one that does not exist is answered to the model as such
         * @param problem what is wrong with the arguments, null when they could be read
         */
        public record ToolCall(
                String modelCallId,
                String operation,
                Map<String, Object> args,
                @Nullable String problem) {}
    }

    /** The model could not be asked, or its answer not be used. */
    record ModelFailed(int attempt, String code, String text) implements TurnEvent {}

    /** A person has decided on an approval; checks of who may were made. {@code replyTo} is her message, null without. */
    record Decided(
            String code,
            boolean approved,
            String by,
            @Nullable String replyTo) implements TurnEvent {}

    /** A time that it waited for has come. */
    record Woken() implements TurnEvent {}

    /** A person has stopped it. */
    record Stopped() implements TurnEvent {}

    /** It cannot be gone on with, by a fault of ours. */
    record Broken(String cause) implements TurnEvent {}
}
