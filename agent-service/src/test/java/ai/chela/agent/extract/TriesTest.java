package ai.chela.agent.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.chela.contracts.memory.ExtractionCompleted.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriesTest {
    @Test
    void a_fresh_message_is_looked_through_where_there_is_a_model() {
        assertNull(Tries.over(true, 0, false));
        assertEquals(Outcome.NO_MODEL, Tries.over(false, 0, false));
    }

    @Test
    void a_message_that_has_waited_for_a_day_or_was_tried_three_times_is_given_up() {
        assertEquals(Outcome.FAILED, Tries.over(true, 0, true));
        assertEquals(Outcome.FAILED, Tries.over(true, 3, false));
    }

    @Test
    void a_model_that_is_away_is_asked_again_twice_and_later_each_time() {
        assertEquals(Duration.ofMinutes(1), Tries.pause("model.unreachable", 1));
        assertEquals(Duration.ofMinutes(10), Tries.pause("model.rate-limited", 2));
        assertNull(Tries.pause("model.timeout", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.unauthorized", "model.not-found", "model.configuration", "model.too-long"})
    void what_another_try_would_not_mend_is_not_tried_again(String code) {
        assertNull(Tries.pause(code, 1));
    }
}
