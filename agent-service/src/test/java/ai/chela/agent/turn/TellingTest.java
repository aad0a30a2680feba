package ai.chela.agent.turn;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TellingTest {
    @ParameterizedTest
    @ValueSource(strings = {"my name is Ann", "call me Ann", "I prefer short answers", "我叫李雷", "以后都简短一点"})
    void what_somebody_says_of_herself_tells_something(String text) {
        assertTrue(Telling.isOne(input(text, false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tell me a joke about kafka", "the weather makes me sad", "what is my name?", "我叫什么呢"})
    void requests_and_questions_tell_nothing(String text) {
        assertFalse(Telling.isOne(input(text, false)));
    }

    @Test
    void what_is_said_in_a_room_is_not_learned_from() {
        assertFalse(Telling.isOne(input("my name is Ann", true)));
    }

    private static TurnInput input(String text, boolean room) {
        return new TurnInput(
                "turn-1",
                "li/main",
                "m-1",
                null,
                "http",
                text,
                new Speaker("li", "Li", "Etc/UTC", "en"),
                "en",
                ZoneOffset.UTC,
                room,
                Mode.ASSISTANT,
                List.of(),
                null);
    }
}
