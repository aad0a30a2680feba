package ai.chela.agent.turn;

import static ai.chela.agent.turn.Turns.notUnderstood;
import static ai.chela.agent.turn.Turns.operation;
import static ai.chela.agent.turn.Turns.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.planner.Derivation;
import ai.chela.agent.planner.Operation;
import ai.chela.agent.planner.Planned;
import ai.chela.agent.policy.Policy;
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
    void an_approval_that_expires_is_told_in_the_language_of_its_message_with_what_was_not_run() {
        Turns turn = Turns.of("运行 ls")
                .on(new TurnEvent.Begun(
                        new Planned.Plan(List.of(operation("shell.run")), new Derivation(List.of(), List.of()), "zh")));
        String code = turn.code();
        turn.silence();
        assertEquals(Turns.NOON.plus(Duration.ofMinutes(15)), turn.now);
        String told = turn.answers().getLast().text();
        assertTrue(told.contains(code) && told.contains("过期") && told.contains("`ls`"), told);
        assertNull(turn.answers().getLast().inReplyTo());
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
        turn.on(new ModelAnswered(turn.attempt(), "Plenty of room.", List.of()));
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
        turn.on(new ModelAnswered(turn.attempt(), "Done.", List.of()));
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
        for (int i = 0; i < ModelRules.MAX_ROUNDS && !turn.finished(); i++) {
            turn.on(new ModelAnswered(turn.attempt(), "", List.of(new ToolCall("c" + i, "host.disk", Map.of(), null))));
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
    void a_tool_that_does_not_answer_and_is_not_safe_to_repeat_ends_as_outcome_unknown_with_what_was_tried() {
        Turns turn = Turns.of("run ls").on(plan(operation("shell.run")));
        turn.on(new TurnEvent.Decided(turn.code(), true, "li", "m-2"));
        turn.silence();
        assertEquals(1, turn.requests().size());
        TurnCommand.Answer answer = turn.answers().getLast();
        assertEquals("m-2", answer.inReplyTo());
        assertTrue(answer.text().contains("unknown") && answer.text().contains("```\nls\n```"), answer.text());
        assertTrue(turn.finished());
    }

    @Test
    void a_tool_is_not_given_up_before_its_own_time_and_the_way_back_are_over() {
        Turns turn = Turns.of("what time is it").on(plan(operation("time.now")));
        turn.now = turn.now.plus(Step.TOOL_TIME);
        TurnState before = turn.state;
        assertEquals(before, turn.on(new TurnEvent.Woken()).state);
        assertEquals(Turns.NOON.plus(Step.TOOL_TIME), turn.requests().getFirst().deadline());
    }

    @Test
    void a_tool_that_is_declared_safe_to_repeat_is_requested_once_more_under_a_name_of_its_own() {
        Turns turn = Turns.of("what time is it").on(plan(operation("time.now")));
        turn.silence();
        List<String> names = turn.requests().stream()
                .map(request -> request.call().requestId())
                .toList();
        assertEquals(List.of(names.getFirst(), names.getFirst() + "#2"), names);
        turn.on(new TurnEvent.CallCompleted(names.getLast(), CallResult.of(Outcome.OK, "noon")));
        assertEquals("noon", turn.answers().getFirst().text());
    }

    @Test
    void a_repeated_tool_that_does_not_answer_either_is_unknown() {
        Turns turn = Turns.of("what time is it").on(plan(operation("time.now")));
        turn.silence().silence();
        assertEquals(2, turn.requests().size());
        assertTrue(turn.answers().getFirst().text().contains("unknown"));
    }

    @Test
    void an_outcome_that_the_runner_does_not_know_is_told_with_what_was_tried() {
        Turns turn = Turns.of("run ls").on(plan(operation("shell.run")));
        turn.on(new TurnEvent.Decided(turn.code(), true, "li", "m-2")).on(turn.done(0, Outcome.UNKNOWN));
        assertTrue(turn.answers().getLast().text().contains("```\nls\n```"));
        assertTrue(turn.finished());
    }

    @Test
    void a_model_is_told_that_an_outcome_is_unknown_and_goes_on() {
        Turns turn = thinking();
        turn.policy = allowShell();
        turn.on(new ModelAnswered(1, "", List.of(new ToolCall("c1", "shell.run", Map.of("command", "deploy"), null))));
        turn.on(turn.done(1, Outcome.UNKNOWN));
        assertInstanceOf(TurnState.Thinking.class, turn.state);
        turn.on(new ModelAnswered(turn.attempt(), "I do not know whether it ran.", List.of()));
        assertEquals(1, turn.answers().size());
    }

    @Test
    void a_result_that_comes_after_its_outcome_was_told_to_be_unknown_follows_once() {
        Turns turn = Turns.of("run ls").on(plan(operation("shell.run")));
        turn.on(new TurnEvent.Decided(turn.code(), true, "li", "m-2")).silence();
        turn.on(turn.done(0)).on(turn.done(0));
        assertEquals(3, turn.answers().size());
        assertNull(turn.answers().getLast().inReplyTo());
        assertTrue(turn.answers().getLast().text().contains("did shell.run"));
    }

    @Test
    void a_result_that_comes_late_while_the_model_thinks_follows_its_answer() {
        Turns turn = thinking();
        turn.policy = allowShell();
        turn.on(new ModelAnswered(1, "", List.of(new ToolCall("c1", "shell.run", Map.of("command", "deploy"), null))));
        turn.silence().on(turn.done(1));
        assertTrue(turn.answers().isEmpty());
        turn.on(new ModelAnswered(turn.attempt(), "I do not know.", List.of()));
        assertEquals(
                List.of("I do not know.", "m-1"),
                List.of(
                        turn.answers().getFirst().text(),
                        turn.answers().getFirst().inReplyTo()));
        assertTrue(turn.answers().getLast().text().contains("did shell.run"));
    }

    @Test
    void a_call_of_the_model_whose_holder_died_is_made_again_with_the_next_attempt() {
        Turns turn = thinking().lostByItsHolder();
        assertEquals(
                List.of(new TurnCommand.AskModel(1), new TurnCommand.AskModel(2)),
                turn.all(TurnCommand.AskModel.class));
        turn.on(new ModelAnswered(2, "", List.of(new ToolCall("c1", "host.disk", Map.of(), null))));
        turn.on(turn.done(1));
        assertEquals(3, turn.attempt(), "the next round is another call");
    }

    @Test
    void a_call_of_the_model_that_loses_its_holder_three_times_ends_with_a_failure() {
        Turns turn = thinking().lostByItsHolder().lostByItsHolder().lostByItsHolder();
        assertEquals("model.lost", turn.all(TurnCommand.Fail.class).getFirst().code());
    }

    @Test
    void the_answer_of_an_earlier_round_that_comes_again_changes_nothing() {
        Turns turn = thinking();
        ModelAnswered first = new ModelAnswered(1, "", List.of(new ToolCall("c1", "host.disk", Map.of(), null)));
        turn.on(first).on(turn.done(1)).on(first);
        assertEquals(2, turn.requests().size(), "recall and disk");
        assertInstanceOf(TurnState.Thinking.class, turn.state);
    }

    @Test
    void each_message_that_approved_gets_one_answer_although_the_model_answers_once() {
        Turns turn = thinking();
        turn.on(new ModelAnswered(
                1,
                "",
                List.of(
                        new ToolCall("c1", "shell.run", Map.of("command", "a"), null),
                        new ToolCall("c2", "shell.run", Map.of("command", "b"), null))));
        List<String> codes = turn.codes();
        turn.on(new TurnEvent.Decided(codes.getFirst(), true, "li", "m-2")).on(turn.done(1));
        turn.on(new TurnEvent.Decided(codes.getLast(), true, "li", "m-3")).on(turn.done(2));
        turn.on(new ModelAnswered(turn.attempt(), "Both ran.", List.of()));
        assertEquals(
                List.of("m-1", "m-2", "m-3"),
                turn.answers().stream().map(TurnCommand.Answer::inReplyTo).toList());
    }

    @Test
    void what_an_approved_call_gave_is_told_although_another_is_denied_after_it() {
        Turns turn = thinking();
        turn.on(new ModelAnswered(
                1,
                "",
                List.of(
                        new ToolCall("c1", "shell.run", Map.of("command", "a"), null),
                        new ToolCall("c2", "shell.run", Map.of("command", "b"), null))));
        List<String> codes = turn.codes();
        turn.on(new TurnEvent.Decided(codes.getFirst(), true, "li", "m-2")).on(turn.done(1));
        turn.on(new TurnEvent.Decided(codes.getLast(), false, "li", "m-3"));
        turn.on(new ModelAnswered(turn.attempt(), "a ran, b was denied.", List.of()));
        assertEquals("a ran, b was denied.", turn.answers().getLast().text());
        assertTrue(turn.finished());
    }

    @Test
    void an_approval_that_comes_before_its_question_is_the_answer_is_carried_out_right_after_it() {
        Turns turn = Turns.of("run ls and check disk").on(plan(operation("shell.run"), operation("host.disk")));
        turn.on(new TurnEvent.Decided(turn.code(), true, "li", "m-2"));
        assertEquals(1, turn.requests().size());
        turn.on(turn.done(0));
        assertEquals(2, turn.requests().size());
        turn.on(turn.done(1));
        assertEquals(
                List.of("m-1", "m-2"),
                turn.answers().stream().map(TurnCommand.Answer::inReplyTo).toList());
    }

    @Test
    void an_approval_that_comes_after_its_time_is_told_as_expired_and_runs_nothing() {
        Turns turn = Turns.of("run ls").on(plan(operation("shell.run")));
        turn.now = Turns.NOON.plus(Step.APPROVAL_TIME);
        turn.on(new TurnEvent.Decided(turn.code(), true, "li", "m-2"));
        assertTrue(turn.requests().isEmpty());
        assertEquals("m-2", turn.answers().getLast().inReplyTo());
        assertTrue(turn.answers().getLast().text().contains("expired"));
        assertTrue(turn.finished());
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

    @Test
    void what_takes_a_while_is_shown_in_the_language_of_the_message() {
        Turns turn = thinking();
        turn.on(new ModelAnswered(1, "", List.of(new ToolCall("c1", "host.disk", Map.of(), null))));
        turn.on(turn.done(1));
        assertEquals(
                List.of(
                        "Asking the model small.",
                        "Running host.disk.",
                        "Giving the results to the model small (round 2)."),
                turn.steps());
        Turns chinese = Turns.of("运行 ls")
                .on(new TurnEvent.Begun(
                        new Planned.Plan(List.of(operation("shell.run")), new Derivation(List.of(), List.of()), "zh")));
        chinese.on(new TurnEvent.Decided(chinese.code(), true, "li", "m-2"));
        assertEquals(List.of(new TurnCommand.ShowStep("m-2", "正在运行 `ls`。")), chinese.all(TurnCommand.ShowStep.class));
    }

    @Test
    void a_plan_of_quick_operations_and_a_plain_message_show_no_steps() {
        Turns quick = Turns.of("check disk").on(plan(operation("host.disk"), operation("memory.list")));
        quick.on(quick.done(0)).on(quick.done(1));
        assertTrue(quick.finished());
        assertEquals(List.of(), quick.steps());
        assertEquals(
                List.of(),
                Turns.plain("a title, please").on(new TurnEvent.Begun(null)).steps());
    }

    @Test
    void a_step_that_is_made_again_after_a_crash_says_the_same_in_the_same_place() {
        Turns turn = Turns.of("run ls").on(plan(operation("shell.run")));
        TurnEvent approved = new TurnEvent.Decided(turn.code(), true, "li", "m-2");
        assertEquals(turn.next(approved), turn.next(approved));
    }

    @Test
    void yes_is_answered_with_the_exact_commands_to_type() {
        OpenApproval disk = new OpenApproval("abcde", operation("shell.run"), "li/main");
        OpenApproval watch =
                new OpenApproval("fghjk", new Operation("watch.create", Map.of("url", "http://x")), "li/main");
        Turns one = Turns.of("yes").on(explained(disk));
        assertTrue(one.answers().getFirst().text().startsWith("Type exactly: /approve\n"), one.answers()::toString);
        assertTrue(one.answers().getFirst().text().contains("`ls`"));
        String several =
                Turns.of("yes").on(explained(disk, watch)).answers().getFirst().text();
        assertTrue(several.contains("- /approve abcde  does: `ls`"), several);
        assertTrue(several.contains("- /approve fghjk  does: watch.create (url: http://x)"), several);
    }

    private static TurnEvent explained(OpenApproval... open) {
        return new TurnEvent.Begun(
                new Planned.Plan(List.of(operation("approval.explain")), new Derivation(List.of(), List.of()), "en"),
                List.of(open));
    }

    private static Policy allowShell() {
        return new Policy(
                List.of(new Policy.Rule(1, List.of("*"), Policy.Verdict.ALLOW, List.of(), Policy.Verdict.ASK, "test")));
    }

    private static Turns thinking() {
        Turns turn = Turns.withModel("that").on(notUnderstood());
        turn.on(turn.done(0, Outcome.UNCERTAIN));
        assertInstanceOf(TurnState.Thinking.class, turn.state);
        return turn;
    }
}
