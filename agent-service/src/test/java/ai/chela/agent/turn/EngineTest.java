package ai.chela.agent.turn;

import static ai.chela.agent.turn.Turns.notUnderstood;
import static ai.chela.agent.turn.Turns.operation;
import static ai.chela.agent.turn.Turns.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.turn.CallResult.Outcome;
import ai.chela.agent.turn.TurnEvent.ModelAnswered;
import ai.chela.agent.turn.TurnEvent.ModelAnswered.ToolCall;
import ai.chela.contracts.approval.ApprovalNotice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineTest {
    @Test
    void a_plan_of_one_tool_asks_for_it_and_answers_with_its_result() {
        Turns turn = Turns.of("what time is it").on(plan(operation("time.now")));
        turn.on(turn.done(0));
        assertEquals(List.of(new TurnCommand.Answer("m-1", "did time.now", null)), turn.answers());
        assertTrue(turn.finished());
    }

    @Test
    void reading_tools_are_asked_side_by_side_and_answered_in_the_order_of_the_plan() {
        Turns turn = Turns.of("check disk and memory").on(plan(operation("host.disk"), operation("host.memory")));
        assertEquals(2, turn.requests().size());
        turn.on(turn.done(1)).on(turn.done(0));
        assertEquals(
                "did host.disk\n\ndid host.memory", turn.answers().getFirst().text());
    }

    @Test
    void what_changes_something_waits_for_what_comes_before_it() {
        Turns turn = Turns.of("remember and list").on(plan(operation("memory.remember"), operation("memory.list")));
        assertEquals(1, turn.requests().size());
        turn.on(turn.done(0));
        assertEquals(2, turn.requests().size());
        assertTrue(turn.answers().isEmpty());
    }

    @Test
    void a_result_that_comes_twice_changes_nothing() {
        Turns turn = Turns.of("what time is it").on(plan(operation("time.now")));
        TurnEvent done = turn.done(0);
        turn.on(done).on(done);
        assertEquals(1, turn.answers().size());
    }

    @Test
    void an_operation_that_no_rule_names_is_denied_and_never_requested() {
        Turns turn = Turns.of("delete all").on(plan(operation("cluster.delete")));
        assertTrue(turn.requests().isEmpty());
        assertTrue(turn.answers().getFirst().text().contains("not allowed"));
    }

    @Test
    void a_command_is_asked_about_and_parks_the_turn_with_the_question_as_its_answer() {
        Turns turn = Turns.of("run ls").on(plan(operation("shell.run")));
        assertInstanceOf(TurnState.Parked.class, turn.state);
        assertTrue(turn.requests().isEmpty());
        assertEquals(turn.code(), turn.answers().getFirst().awaiting());
        assertTrue(turn.answers().getFirst().text().contains("/approve " + turn.code()));
    }

    @Test
    void an_approval_runs_the_command_once_and_answers_the_message_that_approved() {
        Turns turn = Turns.of("run ls").on(plan(operation("shell.run")));
        TurnEvent approved = new TurnEvent.Decided(turn.code(), true, "li", "m-2");
        turn.on(approved).on(approved);
        assertEquals(1, turn.requests().size());
        assertEquals(turn.code(), turn.requests().getFirst().call().approval());
        turn.on(turn.done(0));
        assertEquals(
                new TurnCommand.Answer("m-2", "did shell.run", null),
                turn.answers().getLast());
        assertTrue(turn.finished());
    }

    @Test
    void a_denial_runs_nothing_and_ends_the_turn() {
        Turns turn = Turns.of("run ls").on(plan(operation("shell.run")));
        turn.on(new TurnEvent.Decided(turn.code(), false, "li", "m-2"));
        assertTrue(turn.requests().isEmpty());
        assertEquals("m-2", turn.answers().getLast().inReplyTo());
        assertTrue(turn.finished());
    }

    @Test
    void a_decision_with_another_code_changes_nothing() {
        Turns turn = Turns.of("run ls").on(plan(operation("shell.run")));
        TurnState before = turn.state;
        turn.on(new TurnEvent.Decided("xxxxx", true, "li", "m-2"));
        assertEquals(before, turn.state);
    }

    @Test
    void an_approval_expires_visibly_after_fifteen_minutes() {
        Turns turn = Turns.of("run ls").on(plan(operation("shell.run")));
        String code = turn.code();
        turn.now = Turns.NOON.plus(Duration.ofMinutes(15));
        turn.on(new TurnEvent.Woken());
        assertTrue(turn.answers().getLast().text().contains("expired"));
        assertEquals(
                List.of(new TurnCommand.CloseApproval(code, ApprovalNotice.Outcome.EXPIRED, null)),
                turn.all(TurnCommand.CloseApproval.class));
        turn.on(new TurnEvent.Decided(code, true, "li", "m-3"));
        assertTrue(turn.requests().isEmpty());
    }

    @Test
    void the_rest_of_a_plan_is_done_while_one_part_waits_for_a_person() {
        Turns turn = Turns.of("run ls and check disk").on(plan(operation("shell.run"), operation("host.disk")));
        turn.on(turn.done(0));
        String answer = turn.answers().getFirst().text();
        assertTrue(answer.startsWith("did host.disk"), answer);
        assertTrue(answer.contains("/approve"), answer);
    }

    @Test
    void a_watch_on_a_private_address_is_asked_about_and_requested_again_with_the_approval() {
        Turns turn = Turns.of("watch").on(plan(operation("watch.create")));
        turn.on(turn.done(0, Outcome.NEEDS_APPROVAL));
        assertInstanceOf(TurnState.Parked.class, turn.state);
        turn.on(new TurnEvent.Decided(turn.code(), true, "li", "m-2"));
        assertEquals(turn.code(), turn.requests().getLast().call().approval());
        assertEquals(
                turn.requests().getFirst().call().id(),
                turn.requests().getLast().call().id());
    }

    @Test
    void without_a_model_what_is_not_understood_says_so_and_shows_the_nearest_forms() {
        Turns turn = Turns.of("that").on(notUnderstood());
        assertTrue(turn.answers().getFirst().text().contains("hello"));
        assertTrue(turn.finished());
    }

    @Test
    void with_a_model_memory_is_looked_up_before_it_is_asked() {
        Turns turn = Turns.withModel("that").on(notUnderstood());
        assertEquals(
                "memory.recall", turn.requests().getFirst().call().operation().name());
        turn.on(turn.done(0, Outcome.UNCERTAIN));
        assertEquals(List.of(new TurnCommand.AskModel(1)), turn.all(TurnCommand.AskModel.class));
    }

    @Test
    void a_question_that_memory_cannot_answer_goes_to_the_model() {
        Turns turn = Turns.withModel("what is the capital of France?").on(plan(operation("memory.recall")));
        turn.on(turn.done(0, Outcome.UNCERTAIN));
        assertInstanceOf(TurnState.Thinking.class, turn.state);
    }

    @Test
    void a_model_gets_the_results_of_its_calls_and_answers_then() {
        Turns turn = thinking();
        turn.on(new ModelAnswered(1, "", List.of(new ToolCall("c1", "host.disk", Map.of(), null))));
        turn.on(turn.done(1));
        assertInstanceOf(TurnState.Thinking.class, turn.state);
        turn.on(new ModelAnswered(1, "Plenty of room.", List.of()));
        assertEquals("Plenty of room.", turn.answers().getFirst().text());
        assertEquals("m-1", turn.answers().getFirst().inReplyTo());
    }

    @Test
    void a_model_is_under_the_same_policy_as_the_planner() {
        Turns turn = thinking();
        turn.on(new ModelAnswered(
                1, "", List.of(new ToolCall("c1", "shell.run", Map.of("command", "rm -rf /"), null))));
        assertInstanceOf(TurnState.Parked.class, turn.state);
        assertEquals(1, turn.requests().size(), "only the recall was requested");
        turn.on(new TurnEvent.Decided(turn.code(), true, "li", "m-2")).on(turn.done(1));
        turn.on(new ModelAnswered(1, "Done.", List.of()));
        assertEquals(
                new TurnCommand.Answer("m-2", "Done.", null), turn.answers().getLast());
    }

    @Test
    void an_answer_of_an_attempt_that_was_taken_over_is_thrown_away() {
        Turns turn = thinking().lostByItsHolder();
        turn.on(new ModelAnswered(1, "late", List.of()));
        assertTrue(turn.answers().isEmpty());
        turn.on(new ModelAnswered(2, "in time", List.of()));
        assertEquals("in time", turn.answers().getFirst().text());
    }

    @Test
    void a_model_that_calls_tools_without_end_is_stopped() {
        Turns turn = thinking();
        for (int i = 0; i < Engine.MAX_ROUNDS && !turn.finished(); i++) {
            turn.on(new ModelAnswered(1, "", List.of(new ToolCall("c" + i, "host.disk", Map.of(), null))));
            turn.on(turn.done(turn.requests().size() - 1));
        }
        assertTrue(turn.finished());
        assertEquals(
                "model.circles", turn.all(TurnCommand.Fail.class).getFirst().code());
    }

    @Test
    void a_model_that_fails_ends_the_turn_with_a_visible_failure() {
        Turns turn = thinking().on(new TurnEvent.ModelFailed(1, "model.timeout", "too slow"));
        assertEquals(
                List.of(new TurnCommand.Fail("m-1", "model.timeout", "too slow")), turn.all(TurnCommand.Fail.class));
        assertTrue(turn.finished());
    }

    @Test
    void a_plain_message_goes_to_the_model_without_memory() {
        Turns turn = Turns.plain("a title, please").on(new TurnEvent.Begun(null));
        assertTrue(turn.requests().isEmpty());
        assertInstanceOf(TurnState.Thinking.class, turn.state);
    }

    @Test
    void a_lost_recall_is_asked_again_and_given_up_in_the_end() {
        Turns turn = Turns.of("which db?").on(plan(operation("memory.recall")));
        for (int i = 1; i <= 3; i++) {
            turn.now = turn.now.plus(Step.RECALL_TIME);
            turn.on(new TurnEvent.Woken());
        }
        assertEquals(3, turn.requests().size());
        assertTrue(turn.answers().getFirst().text().contains("memory-service"));
        assertTrue(turn.finished());
    }

    @Test
    void a_tool_that_does_not_answer_ends_as_outcome_unknown() {
        Turns turn = Turns.of("what time is it").on(plan(operation("time.now")));
        turn.now = turn.now.plus(Step.TOOL_TIME);
        turn.on(new TurnEvent.Woken());
        assertTrue(turn.answers().getFirst().text().contains("unknown"));
    }

    @Test
    void stopping_answers_the_message_and_closes_open_approvals() {
        Turns working =
                Turns.of("what time is it").on(plan(operation("time.now"))).on(new TurnEvent.Stopped());
        assertEquals(1, working.answers().size());
        Turns parked = Turns.of("run ls").on(plan(operation("shell.run"))).on(new TurnEvent.Stopped());
        assertEquals(1, parked.answers().size(), "its question was its answer");
        assertEquals(
                ApprovalNotice.Outcome.STOPPED,
                parked.all(TurnCommand.CloseApproval.class).getFirst().outcome());
    }

    @Test
    void a_fault_of_ours_is_told_visibly() {
        Turns turn = Turns.of("x").on(new TurnEvent.Broken("bug"));
        assertEquals("turn.broken", turn.all(TurnCommand.Fail.class).getFirst().code());
        assertFalse(turn.all(TurnCommand.Fail.class).getFirst().text().contains("bug"));
    }

    @Test
    void a_finished_turn_waits_for_nothing() {
        Turns turn = Turns.of("what time is it").on(plan(operation("time.now")));
        assertTrue(turn.state.wakeAt().isPresent());
        turn.on(turn.done(0));
        assertNull(turn.state.wakeAt().orElse(null));
    }

    private static Turns thinking() {
        Turns turn = Turns.withModel("that").on(notUnderstood());
        turn.on(turn.done(0, Outcome.UNCERTAIN));
        assertInstanceOf(TurnState.Thinking.class, turn.state);
        return turn;
    }
}
