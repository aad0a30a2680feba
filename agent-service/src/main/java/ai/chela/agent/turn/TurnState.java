package ai.chela.agent.turn;

import ai.chela.agent.planner.Operation;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/** Where a turn stands. A turn begins as {@link Queued} and ends as {@link Finished}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TurnState.Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = TurnState.Working.class, name = "working"),
    @JsonSubTypes.Type(value = TurnState.Thinking.class, name = "thinking"),
    @JsonSubTypes.Type(value = TurnState.Parked.class, name = "parked"),
    @JsonSubTypes.Type(value = TurnState.Finished.class, name = "finished")
})
public sealed interface TurnState {
    /** Nobody has begun it. */
    record Queued() implements TurnState {}

    /** Waits for calls; has no holder. */
    record Working(Progress progress) implements TurnState {}

    /**
     * A model call is under way; its holder has a lease.
     *
     * @param attempt number of the call within the turn, from 1: what an earlier one brings is recognised by it
     */
    record Thinking(Progress progress, int attempt) implements TurnState {}

    /** Its message is answered by a question to a person; has no holder, and later messages go on. */
    record Parked(Progress progress) implements TurnState {}

    record Finished(Progress progress) implements TurnState {}

    /** What waits for a person under this code; empty when nothing does. */
    default Optional<Operation> asked(String code) {
        return switch (this) {
            case Queued _, Thinking _, Finished _ -> Optional.empty();
            case Working(Progress progress) ->
                Optional.ofNullable(progress.askedBy(code)).map(Call::operation);
            case Parked(Progress progress) ->
                Optional.ofNullable(progress.askedBy(code)).map(Call::operation);
        };
    }

    /** The same, further on. */
    default TurnState with(Progress progress) {
        return switch (this) {
            case Queued _ -> this;
            case Working _ -> new Working(progress);
            case Thinking(Progress _, int attempt) -> new Thinking(progress, attempt);
            case Parked _ -> new Parked(progress);
            case Finished _ -> new Finished(progress);
        };
    }

    /** When the turn must be looked at again although nothing has come; empty: never. */
    @JsonIgnore
    default Optional<Instant> wakeAt() {
        return switch (this) {
            case Queued _, Finished _, Thinking _ -> Optional.empty();
            case Working(Progress progress) -> earliest(progress);
            case Parked(Progress progress) -> earliest(progress);
        };
    }

    private static Optional<Instant> earliest(Progress progress) {
        return progress.calls().stream()
                .flatMap(call -> switch (call.state()) {
                    case CallState.Requested(Instant deadline, int _) -> Optional.of(deadline).stream();
                    case CallState.Asked asked -> Optional.of(asked.expiresAt()).stream();
                    case CallState.Done _ -> Optional.<Instant>empty().stream();
                })
                .min(Instant::compareTo);
    }
}
