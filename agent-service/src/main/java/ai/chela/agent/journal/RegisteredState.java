package ai.chela.agent.journal;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallResult;
import ai.chela.agent.turn.CallState;
import ai.chela.agent.turn.Progress;
import ai.chela.agent.turn.TurnEvent;
import ai.chela.agent.turn.TurnInput;
import ai.chela.agent.turn.TurnState;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the journal stores as JSON, and so must be known to a native executable; what is nested in a class comes with it. A
 * test holds this list to what a turn's input and state consist of.
 */
@RegisterForReflection(
        targets = {
            Call.class,
            CallResult.class,
            CallState.class,
            Operation.class,
            Progress.class,
            TurnEvent.class,
            TurnInput.class,
            TurnState.class
        })
final class RegisteredState {
    private RegisteredState() {}
}
