package ai.chela.agent.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.TurnInput;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryRequestsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void without_a_handle_the_memory_is_meant_that_was_recalled_last() {
        assertEquals(new MemoryRequested.Pin("c", false, "id-1", true), of("memory.pin", Map.of(), "id-1"));
        assertEquals(
                new MemoryRequested.Pin("c", false, "m-3", true), of("memory.pin", Map.of("handle", "m-3"), "id-1"));
    }

    @Test
    void with_neither_the_model_is_told_to_name_one() {
        var refused = assertThrows(IllegalArgumentException.class, () -> of("memory.pin", Map.of(), null));
        assertTrue(String.valueOf(refused.getMessage()).contains("handle"), refused::getMessage);
    }

    @Test
    void a_time_limit_is_read_in_the_persons_own_words() {
        var expire = assertInstanceOf(
                MemoryRequested.Expire.class, of("memory.expire", Map.of("handle", "m-3", "when", "in 30 days"), null));
        Instant at = Objects.requireNonNull(expire.at());
        assertTrue(Duration.between(Instant.now(), at).toDays() >= 29, at::toString);
        assertNull(((MemoryRequested.Expire) of("memory.keep", Map.of("handle", "m-3"), null)).at());
    }

    @Test
    void a_time_that_repeats_is_no_limit() {
        assertThrows(
                IllegalArgumentException.class,
                () -> of(
                        "memory.expire",
                        Map.of("handle", "m-3", "timing", Map.of("kind", "daily", "time", "09:00")),
                        null));
    }

    @Test
    void looking_back_goes_to_the_end_of_a_day_that_was() {
        LocalDate ahead = LocalDate.now(BERLIN).plusDays(10);
        var back =
                (MemoryRequested.LookBack) of("memory.look-back", Map.of("query", "it", "at", ahead.toString()), null);
        assertEquals(ahead.minusYears(1), LocalDate.ofInstant(Objects.requireNonNull(back.at()), BERLIN));
    }

    @Test
    void a_persons_own_word_is_not_marked_and_everything_else_is() {
        assertNull(((MemoryRequested.Remember) remember(MemoryOrigin.SAID)).origin());
        assertEquals(MemoryOrigin.TOOL, ((MemoryRequested.Remember) remember(MemoryOrigin.TOOL)).origin());
    }

    private static MemoryRequested remember(MemoryOrigin origin) {
        return MemoryRequests.of("c", new Operation("memory.remember", Map.of("text", "tea")), INPUT, null, origin);
    }

    private static MemoryRequested of(String name, Map<String, Object> args, @Nullable String recalled) {
        return MemoryRequests.of("c", new Operation(name, args), INPUT, recalled, MemoryOrigin.SAID);
    }

    private static final TurnInput INPUT = new TurnInput(
            "turn",
            "conversation",
            "message",
            null,
            "api",
            "text",
            new Speaker("ana", "Ana", "Europe/Berlin", "en"),
            "en",
            BERLIN,
            false,
            Mode.ASSISTANT,
            List.of(),
            null);
}
