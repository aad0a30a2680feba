package ai.chela.agent.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.agent.turn.TurnInput;
import ai.chela.agent.turn.TurnState;
import ai.chela.kit.test.Reflected;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegisteredStateTest {
    @Test
    void whatever_a_turn_is_stored_as_is_known_to_a_native_executable() {
        Set<Class<?>> own = Reflected.inJsonOf("ai.chela.agent", TurnInput.class, TurnState.class);
        assertEquals(Set.of(), Reflected.missing(own, RegisteredState.class));
    }
}
