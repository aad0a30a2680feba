package ai.chela.agent.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerLanguageTest {
    @Test
    void a_message_is_answered_in_its_own_language() {
        assertEquals("en", answered("hello", null));
        assertEquals("zh", answered("你好", null));
    }

    @Test
    void who_has_asked_for_a_language_is_answered_in_it_whatever_she_writes() {
        assertEquals("zh", answered("hello", "zh"));
        assertEquals("en", answered("你好", "en"));
    }

    @Test
    void what_is_not_understood_is_said_in_it_with_examples_in_the_language_of_the_message() {
        Request request = request("remeber the staging thing", "zh");
        var not = assertInstanceOf(Planned.NotUnderstood.class, Sentences.PLANNER.plan(request));
        assertEquals("zh", not.language());
        assertEquals("en", Languages.of(not.nearest().getFirst(), "zh"));
    }

    private static String answered(String text, @Nullable String answerIn) {
        return assertInstanceOf(Planned.Plan.class, Sentences.PLANNER.plan(request(text, answerIn)))
                .language();
    }

    private static Request request(String text, @Nullable String answerIn) {
        return new Request(text, ZoneOffset.UTC, "en", Instant.parse("2026-11-18T10:15:00Z"), Set.of(), answerIn);
    }
}
