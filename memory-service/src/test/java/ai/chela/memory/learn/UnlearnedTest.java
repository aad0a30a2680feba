package ai.chela.memory.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnlearnedTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "I cannot eat nuts, so order without them.",
                "We moved the release to Fridays because of the audit",
                "never ping the night shift before ten",
                "By default use the small cluster.",
                "我对花生过敏，订餐时请注意",
                "以后别在晚上发报告"
            })
    void what_tells_something_is_worth_a_look(String message) {
        assertEquals(message, left(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tell me a joke about kafka",
                "check the disk",
                "what is my desk?",
                "我的工位在哪里？",
                "my name is Ana",
                "/memory list my things",
                "she said “I cannot eat nuts”",
                "Fwd: I cannot eat nuts",
                "`I cannot eat nuts`",
                "I log in with the password: swordfish"
            })
    void what_tells_nothing_or_must_not_be_looked_at_is_not(String message) {
        assertNull(left(message));
    }

    @Test
    void what_patterns_have_found_and_what_is_asked_is_left_out() {
        assertEquals(
                "I cannot eat nuts.", left("Hi, my name is Ana. I cannot eat nuts. What can I order in the canteen?"));
    }

    @Test
    void a_message_as_long_as_a_page_is_not_looked_at() {
        assertNull(left("I cannot eat nuts. " + "It was a dark night. ".repeat(100)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"I ", "以后请", "1", ". ", "always "})
    void no_message_makes_it_slow(String piece) {
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            left(piece.repeat(1_990 / piece.length()) + "x");
        });
    }

    private static @Nullable String left(String message) {
        return Unlearned.of(message, Lessons.of(message, "ana"));
    }
}
