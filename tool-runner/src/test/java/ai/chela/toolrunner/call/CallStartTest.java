package ai.chela.toolrunner.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.contracts.Principal;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallStartTest {
    private static final Instant NOW = Instant.parse("2026-11-21T14:04:30Z");

    @Test
    void a_new_call_is_run() {
        assertEquals(CallStart.RUN, CallStart.of(call(false, NOW.plusSeconds(1)), false, NOW));
    }

    @Test
    void a_call_after_its_deadline_is_not_run() {
        assertEquals(CallStart.TOO_LATE, CallStart.of(call(false, NOW), true, NOW));
    }

    @Test
    void a_call_whose_holder_died_is_run_again_when_that_is_safe() {
        assertEquals(CallStart.RUN, CallStart.of(call(true, NOW.plusSeconds(1)), true, NOW));
    }

    @Test
    void a_call_whose_holder_died_is_unknown_when_it_must_not_be_repeated() {
        assertEquals(CallStart.UNKNOWN, CallStart.of(call(true, NOW.plusSeconds(1)), false, NOW));
        assertEquals(CallStart.UNKNOWN, CallStart.of(call(true, NOW.minusSeconds(1)), false, NOW));
    }

    private static Call call(boolean startedBefore, Instant deadline) {
        return new Call(
                new ToolRequested("c", "t", Map.of(), "en", "UTC", deadline, null),
                Origin.first("acme", Principal.person("li"), null),
                1,
                startedBefore);
    }
}
