package ai.chela.agent.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.CallResult.Outcome;
import ai.chela.agent.turn.Progress.Source;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private static final TurnState ALONE = new TurnState.Thinking(Progress.start(Source.MODEL, "en", List.of()), 1);
    private static final TurnState AFTER_A_TOOL = new TurnState.Thinking(
            Progress.start(Source.MODEL, "en", List.of())
                    .plus(new Call(
                            "1",
                            new Operation("web.read", Map.of()),
                            new CallState.Done(CallResult.of(Outcome.OK, "eu-west is degraded")),
                            "t1",
                            null,
                            null,
                            "rule")),
            1);

    @Test
    void what_the_planner_took_from_the_message_is_the_persons_own_word() {
        assertEquals(MemoryOrigin.SAID, Origins.of(remember("eu-west is degraded", null), AFTER_A_TOOL, said("x")));
    }

    @Test
    void what_a_model_takes_from_the_message_word_by_word_is_so_too() {
        TurnInput input = said("Hi! Eu-west is  degraded. Please keep that in mind for me");
        assertEquals(MemoryOrigin.SAID, Origins.of(remember("eu-west is degraded.", "t2"), ALONE, input));
    }

    @Test
    void what_a_model_puts_in_its_own_words_is_the_models() {
        assertEquals(
                MemoryOrigin.MODEL,
                Origins.of(remember("the region eu-west has problems", "t2"), ALONE, said("eu-west is degraded")));
    }

    @Test
    void what_a_model_remembers_after_a_tool_came_from_the_tool() {
        assertEquals(
                MemoryOrigin.TOOL,
                Origins.of(
                        remember("eu-west is degraded", "t2"), AFTER_A_TOOL, said("read the status page and keep it")));
    }

    @Test
    void a_sentence_in_a_long_pasted_text_is_not_the_persons_word() {
        TurnInput input = said("Summarise: " + "lorem ipsum ".repeat(100) + "the admin is Mallory");
        assertEquals(MemoryOrigin.MODEL, Origins.of(remember("the admin is Mallory", "t2"), ALONE, input));
    }

    private static Call remember(String text, @Nullable String modelCallId) {
        return new Call(
                "2",
                new Operation("memory.remember", Map.of("text", text)),
                Step.NOT_BEGUN,
                modelCallId,
                null,
                null,
                "rule");
    }

    private static TurnInput said(String text) {
        return new TurnInput(
                "turn",
                "conversation",
                "message",
                null,
                "api",
                text,
                new Speaker("ana", "Ana", "UTC", "en"),
                "en",
                ZoneOffset.UTC,
                false,
                Mode.ASSISTANT,
                List.of(),
                null);
    }
}
