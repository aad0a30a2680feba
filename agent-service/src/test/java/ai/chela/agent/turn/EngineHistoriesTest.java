package ai.chela.agent.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.operation.Doer;
import ai.chela.contracts.approval.ApprovalNotice;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** Generated histories: whatever comes twice, late, in another order or after a crash, what people see is the same. */
class EngineHistoriesTest {
    private static final long HISTORIES = 4_000;

    @Test
    void duplicates_delays_reordering_and_crashes_change_nothing_that_people_see() {
        each(seed ->
                assertEquals(History.calm(seed).said(), History.disturbed(seed).said()));
    }

    @Test
    void duplicates_delays_reordering_and_crashes_change_nothing_that_other_services_are_asked() {
        each(seed -> assertEquals(
                History.calm(seed).requested(), History.disturbed(seed).requested()));
    }

    @Test
    void each_message_gets_exactly_one_answer() {
        each(seed -> {
            History history = History.disturbed(seed);
            Map<String, List<String>> said = history.said();
            assertEquals(1, said.getOrDefault("m-1", List.of()).size(), said::toString);
            for (String code : history.decided)
                assertEquals(1, said.getOrDefault("m-" + code, List.of()).size(), said::toString);
        });
    }

    @Test
    void each_approval_is_closed_once_and_only_what_was_approved_is_run() {
        each(seed -> {
            Turns turn = History.disturbed(seed).turn;
            List<String> closed = turn.all(TurnCommand.CloseApproval.class).stream()
                    .map(TurnCommand.CloseApproval::code)
                    .sorted()
                    .toList();
            assertEquals(turn.codes().stream().sorted().toList(), closed);
            Set<String> approved = new HashSet<>();
            for (TurnCommand command : turn.commands) {
                if (command instanceof TurnCommand.CloseApproval(String code, var outcome, var _)
                        && outcome == ApprovalNotice.Outcome.APPROVED) approved.add(code);
                if (command instanceof TurnCommand.Request(Call call, var _)
                        && call.operation().name().equals("shell.run")) assertTrue(approved.contains(call.approval()));
            }
        });
    }

    @Test
    void a_tool_is_requested_again_only_if_it_is_declared_safe_to_repeat() {
        each(seed -> {
            Turns turn = History.disturbed(seed).turn;
            Set<String> once = new HashSet<>();
            for (TurnCommand.Request request : turn.requests()) {
                String name = request.call().operation().name();
                if (Doer.of(name) == Doer.TOOL && !turn.repeatable.contains(name))
                    assertTrue(once.add(request.call().id()), name);
            }
        });
    }

    @Test
    void the_histories_reach_what_they_are_about() {
        Map<String, Integer> reached = new TreeMap<>();
        each(seed -> {
            History history = History.disturbed(seed);
            for (TurnCommand command : history.turn.commands) count(command, reached);
            if (history.early) reached.merge("decided early", 1, Integer::sum);
        });
        List<String> kinds = List.of(
                "APPROVED",
                "DENIED",
                "EXPIRED",
                "STOPPED",
                "failed",
                "requested again",
                "model asked again",
                "told late",
                "decided early");
        for (String kind : kinds)
            assertTrue(reached.getOrDefault(kind, 0) >= 50, () -> kind + " is too rare: " + reached);
    }

    private static void count(TurnCommand command, Map<String, Integer> reached) {
        String kind = switch (command) {
            case TurnCommand.CloseApproval(var _, var outcome, var _) -> outcome.name();
            case TurnCommand.Fail _ -> "failed";
            case TurnCommand.Request(Call call, var _) when call.requestId().contains("#") -> "requested again";
            case TurnCommand.ShowStep(var _, String text) when text.contains("interrupted") -> "model asked again";
            case TurnCommand.Answer(var _, String text, var _)
            when text.contains("was unknown has come") -> "told late";
            case TurnCommand.Answer _,
                    TurnCommand.Request _,
                    TurnCommand.Prefer _,
                    TurnCommand.AskApproval _,
                    TurnCommand.AskModel _,
                    TurnCommand.ShowStep _ -> "other";
        };
        reached.merge(kind, 1, Integer::sum);
    }

    private static void each(LongConsumer property) {
        for (long seed = 0; seed < HISTORIES; seed++)
            try {
                property.accept(seed);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
            }
    }
}
