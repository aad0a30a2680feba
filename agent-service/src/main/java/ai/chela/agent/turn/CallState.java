package ai.chela.agent.turn;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** How far a call has come. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CallState.Requested.class, name = "requested"),
    @JsonSubTypes.Type(value = CallState.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = CallState.Done.class, name = "done")
})
public sealed interface CallState {
    /**
     * Handed to the service that does it.
     *
     * @param deadline when its answer is given up or asked for again
     * @param attempt from 1
     */
    record Requested(Instant deadline, int attempt) implements CallState {}

    /** Waits for a person. */
    record Asked(String code, String hash, String rule, Instant expiresAt) implements CallState {}

    record Done(CallResult result) implements CallState {}
}
