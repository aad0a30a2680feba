package ai.chela.system.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.fault.Entry.Accepted;
import ai.chela.system.fault.Entry.Decided;
import ai.chela.system.fault.Entry.Decision;
import ai.chela.system.fault.Entry.Fault;
import ai.chela.system.fault.Entry.Memories;
import ai.chela.system.fault.Entry.ModelAsked;
import ai.chela.system.fault.Entry.Promised;
import ai.chela.system.fault.Entry.Ran;
import ai.chela.system.fault.Entry.Refused;
import ai.chela.system.fault.Entry.Remembered;
import ai.chela.system.fault.Entry.Seen;
import ai.chela.system.fault.Entry.Stored;
import ai.chela.system.fault.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The judge is judged: each kind of damage turns it red, and the undamaged run does not. */
class CheckerTest {
    private static final Fault KILL = new Fault(at(2), "kill", "agent-service", null, true);
    private static final List<Entry> WELL =
            List.of(accepted(1, 1), KILL, answer(5, 1, 1, "it is 1"), accepted(6, 2), answer(8, 2, 2, "it is 2"));

    private static Instant at(int second) {
        return Instant.ofEpochSecond(second);
    }

    private static Accepted accepted(int second, int number) {
        return new Accepted(at(second), "c", number, "m" + number, "is " + number);
    }

    private static Seen answer(int second, int event, int number, String text) {
        return new Seen(at(second), "c", event, "reply", "m" + number, text, null);
    }

    private static Seen byItself(int second, int event, String text) {
        return new Seen(at(second), "c", event, "reply", null, text, null);
    }

    private static Seen failure(int second, int event, int number) {
        return new Seen(at(second), "c", event, "failed", "m" + number, "no luck", "tool.unknown");
    }

    private static List<Entry> with(Entry... more) {
        List<Entry> all = new ArrayList<>(WELL);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private static List<Entry> without(Entry... less) {
        List<Entry> all = new ArrayList<>(WELL);
        all.removeAll(Arrays.asList(less));
        return all;
    }

    private static void assertRed(Kind kind, List<Entry> journal) {
        List<Kind> kinds =
                Checker.check(journal, 1).findings().stream().map(Finding::kind).toList();
        assertEquals(List.of(kind), kinds);
    }

    @Test
    void a_run_in_which_all_went_well_is_green() {
        Verdict verdict = Checker.check(WELL, 1);
        assertTrue(verdict.green(), verdict.toString());
        assertEquals(2, verdict.accepted());
        assertEquals(1, verdict.landed());
    }

    @Test
    void a_lost_message_is_red() {
        assertRed(Kind.LOST, without(answer(8, 2, 2, "it is 2")));
    }

    @Test
    void a_message_that_was_never_accepted_is_red() {
        assertRed(Kind.NOT_ACCEPTED, with(new Refused(at(9), "c", 3, "m3", "503")));
    }

    @Test
    void a_doubled_answer_is_red() {
        assertRed(Kind.DOUBLED, with(answer(9, 3, 2, "it is 2")));
    }

    @Test
    void two_different_answers_are_red() {
        assertRed(Kind.CONTRADICTED, with(answer(9, 3, 2, "this is 2")));
    }

    @Test
    void a_failure_after_an_answer_is_red() {
        assertRed(Kind.CONTRADICTED, with(failure(9, 3, 2)));
    }

    @Test
    void an_answer_to_something_else_is_red() {
        assertRed(Kind.WRONG, replaced(answer(8, 2, 2, "it is 1")));
    }

    private static List<Entry> replaced(Seen answer) {
        List<Entry> all = without(answer(8, 2, 2, "it is 2"));
        all.add(answer);
        return all;
    }

    @Test
    void a_visible_failure_is_an_answer_and_is_counted() {
        Verdict verdict = Checker.check(replaced(failure(8, 2, 2)), 1);
        assertTrue(verdict.green(), verdict.toString());
        assertEquals(1, verdict.failures().get("tool.unknown"));
    }

    @Test
    void a_tool_that_was_not_begun_after_its_time_is_a_failure_and_one_before_it_is_red() {
        String late = "It was not run: the time for calc.evaluate was over before it could start. Ask again.";
        Verdict verdict = Checker.check(replaced(answer(126, 2, 2, late)), 1);
        assertTrue(verdict.green(), verdict.toString());
        assertEquals(1, verdict.failures().get("tool.late"));
        assertRed(Kind.WRONG, replaced(answer(125, 2, 2, late)));
    }

    @Test
    void an_answer_that_says_that_the_outcome_is_unknown_is_one_and_its_outcome_comes_once() {
        Seen unsure = answer(8, 2, 2, "scheduler-service has not answered. Look before you ask again.");
        Seen late = byItself(9, 3, "The outcome that was unknown has come, for a reminder");
        List<Entry> all = replaced(unsure);
        all.add(late);
        Verdict verdict = Checker.check(all, 1);
        assertTrue(verdict.green(), verdict.toString());
        assertEquals(1, verdict.unsure());
        all.add(byItself(10, 4, late.text()));
        assertRed(Kind.FIRED_AGAIN, all);
    }

    @Test
    void answers_in_the_wrong_order_are_red() {
        assertRed(
                Kind.OUT_OF_ORDER,
                List.of(accepted(1, 1), accepted(1, 2), KILL, answer(5, 2, 1, "it is 1"), answer(4, 1, 2, "it is 2")));
    }

    @Test
    void an_answer_to_nobody_is_red() {
        assertRed(Kind.UNASKED, with(answer(9, 3, 7, "it is 7")));
        assertRed(Kind.UNASKED, with(byItself(9, 3, "Reminder: nobody asked")));
    }

    @Test
    void a_trigger_that_fires_once_is_green() {
        Verdict verdict = Checker.check(with(new Promised(at(7), "c", "tea-1"), byItself(9, 3, "Reminder: tea-1")), 1);
        assertTrue(verdict.green(), verdict.toString());
        assertEquals(1, verdict.promised());
    }

    @Test
    void a_trigger_that_never_fires_is_red() {
        assertRed(Kind.NEVER_FIRED, with(new Promised(at(7), "c", "tea-1")));
    }

    @Test
    void a_reminder_that_a_late_outcome_takes_back_need_not_come_and_must_not() {
        Promised promised = new Promised(at(7), "c", "Reminder: tea-1");
        Seen takenBack = byItself(9, 3, "The outcome that was unknown has come, for tea-1: Not scheduled: too late");
        assertTrue(Checker.check(with(promised, takenBack), 1).green());
        assertRed(Kind.FIRED_AGAIN, with(promised, takenBack, byItself(10, 4, "Reminder: tea-1")));
    }

    @Test
    void a_trigger_that_fires_twice_is_red() {
        assertRed(
                Kind.FIRED_AGAIN,
                with(
                        new Promised(at(7), "c", "tea-1"),
                        byItself(9, 3, "Reminder: tea-1"),
                        byItself(9, 4, "Reminder: tea-1")));
    }

    @Test
    void a_memory_that_is_kept_twice_or_not_at_all_is_red() {
        Remembered asked = new Remembered(at(7), "c", "m2", "box-2");
        assertRed(Kind.EFFECT, with(asked, new Memories(at(9), 1, List.of("a box-2", "b box-2"))));
        assertRed(Kind.EFFECT, with(asked, new Memories(at(9), 2, List.of("a box-2"))));
        assertRed(Kind.EFFECT, with(asked, new Memories(at(9), 0, List.of())));
        assertTrue(Checker.check(with(asked, new Memories(at(9), 1, List.of("a box-2"))), 1)
                .green());
    }

    @Test
    void a_model_that_is_asked_again_for_a_round_that_is_over_is_red() {
        assertRed(
                Kind.STEP_REPEATED,
                with(new ModelAsked(at(7), "s", 0), new ModelAsked(at(8), "s", 1), new ModelAsked(at(9), "s", 0)));
    }

    @Test
    void a_model_that_is_asked_again_for_what_was_under_way_is_green() {
        assertTrue(Checker.check(
                        with(
                                new ModelAsked(at(7), "s", 0),
                                new ModelAsked(at(8), "s", 0),
                                new ModelAsked(at(9), "s", 1)),
                        1)
                .green());
    }

    @Test
    void a_stream_that_brings_an_event_twice_or_skips_one_is_red() {
        Stored stored =
                new Stored(at(20), "c", "gateway-1", List.of(answer(20, 1, 1, "it is 1"), answer(20, 2, 2, "it is 2")));
        assertTrue(Checker.check(with(stored), 1).green());
        assertRed(Kind.STREAM, with(stored, answer(9, 2, 2, "it is 2")));
        assertRed(
                Kind.STREAM,
                with(new Stored(
                        at(20),
                        "c",
                        "gateway-1",
                        List.of(
                                answer(20, 1, 1, "it is 1"),
                                answer(20, 2, 2, "it is 2"),
                                byItself(20, 3, "Reminder: tea")))));
    }

    @Test
    void kills_that_missed_are_red() {
        assertRed(Kind.MISSED, replacedKill(new Fault(at(20), "kill", "agent-service", null, true)));
        assertRed(Kind.MISSED, replacedKill(null));
        assertRed(Kind.MISSED, replacedKill(new Fault(at(2), "halt", "agent-service", "publish.before", false)));
    }

    @Test
    void a_kill_at_a_named_point_struck_in_its_window() {
        Fault kill = new Fault(at(20), "halt", "scheduler-service", "trigger.claim.before", true);
        assertTrue(Checker.check(replacedKill(kill), 1).green());
    }

    private static List<Entry> replacedKill(@Nullable Fault kill) {
        List<Entry> all = without(KILL);
        if (kill != null) all.add(kill);
        return all;
    }

    @Test
    void an_alert_for_each_time_that_something_went_bad_is_green_and_one_fewer_is_red() {
        Promised recovery = new Promised(at(7), "c", "Recovered");
        List<Entry> twice = with(recovery, recovery, byItself(9, 3, "Recovered at 9"));
        assertRed(Kind.NEVER_FIRED, twice);
        twice.add(byItself(10, 4, "Recovered at 10"));
        assertTrue(Checker.check(twice, 1).green());
    }

    @Test
    void a_decision_takes_no_place_in_the_order() {
        Accepted decision = new Accepted(at(1), "c", 0, "d", "ran");
        assertTrue(Checker.check(
                        List.of(
                                accepted(1, 1),
                                decision,
                                KILL,
                                new Seen(at(4), "c", 1, "reply", "d", "ran", null),
                                answer(5, 2, 1, "it is 1")),
                        1)
                .green());
    }

    private static Decided decided(Decision decision) {
        return new Decided(at(7), "c", "box-1", decision);
    }

    private static Ran ran(int second) {
        return new Ran(at(second), "box-1");
    }

    private static List<Entry> told(String text, Entry... more) {
        List<Entry> all = with(more);
        all.add(new Promised(at(7), "c", "box-1"));
        all.add(byItself(9, 3, text));
        return all;
    }

    private static final String DONE = "ran box-1, exit code 0";

    @Test
    void a_command_that_was_approved_and_ran_once_is_green_and_counted() {
        Verdict verdict = Checker.check(told(DONE, decided(Decision.APPROVE), ran(8)), 1);
        assertTrue(verdict.green(), verdict.toString());
        assertEquals(1, verdict.ran());
    }

    @Test
    void a_command_that_ran_twice_is_red() {
        assertRed(Kind.RAN_AGAIN, told(DONE, decided(Decision.APPROVE), ran(8), ran(8)));
    }

    @Test
    void a_command_that_was_told_to_have_run_and_has_not_is_red() {
        assertRed(Kind.RAN_NOT, told(DONE, decided(Decision.APPROVE)));
    }

    @Test
    void a_command_that_was_denied_and_ran_is_red() {
        assertRed(Kind.RAN_UNAPPROVED, told("Denied: box-1", decided(Decision.DENY), ran(8)));
        assertRed(Kind.RAN_UNAPPROVED, told("Denied: box-1", decided(Decision.EITHER), ran(8)));
        assertRed(Kind.RAN_UNAPPROVED, with(ran(8)));
        assertTrue(Checker.check(told("Denied: box-1", decided(Decision.EITHER)), 1)
                .green());
    }

    @Test
    void a_command_of_unknown_outcome_ran_once_or_not() {
        String unknown = "Outcome unknown: it stopped. What was tried: echo ran box-1";
        assertTrue(Checker.check(told(unknown, decided(Decision.APPROVE)), 1).green());
        assertTrue(Checker.check(told(unknown, decided(Decision.APPROVE), ran(8)), 1)
                .green());
        assertRed(Kind.RAN_AGAIN, told(unknown, decided(Decision.APPROVE), ran(8), ran(8)));
    }

    private static List<Entry> whileAway(int status, boolean later, int seconds) {
        return with(
                new Entry.Away(at(60), at(30), "kafka"),
                new Entry.Offered(at(40 + seconds), at(40), "gateway", status, later));
    }

    @Test
    void while_something_is_away_a_message_is_taken_or_refused_in_time_with_a_time_to_try_again() {
        assertTrue(Checker.check(whileAway(202, false, 1), 1).green());
        assertTrue(Checker.check(whileAway(503, true, 5), 1).green());
        assertRed(Kind.UNTOLD, whileAway(503, false, 1));
        assertRed(Kind.UNTOLD, whileAway(503, true, 7));
        assertRed(Kind.UNTOLD, whileAway(500, true, 1));
        assertRed(Kind.UNTOLD, whileAway(0, false, 6));
    }

    @Test
    void a_process_that_takes_longer_than_ten_seconds_to_leave_is_red() {
        assertTrue(Checker.check(with(new Entry.Left(at(9), "agent-service", Duration.ofSeconds(10))), 1)
                .green());
        assertRed(Kind.SLOW_TO_LEAVE, with(new Entry.Left(at(9), "agent-service", Duration.ofSeconds(11))));
    }

    @Test
    void a_process_that_does_not_come_back_is_red() {
        assertRed(Kind.GONE, with(new Entry.Gone(at(9), "agent-service")));
    }

    private static final Fault IN_WINDOW = new Fault(at(6), "halt", "gateway-service-2", "channel.send.after", true);
    private static final Entry.Heard FIRST = heard(6, "it is 1");

    private static Entry.Heard heard(int second, String text) {
        return new Entry.Heard(at(second), "chat", text);
    }

    private static List<Entry> inChat(Entry... more) {
        List<Entry> all = new ArrayList<>(WELL);
        all.add(new Accepted(at(1), "chat", 1, "m1", "is 1"));
        all.add(IN_WINDOW);
        all.addAll(Arrays.asList(more));
        return all;
    }

    @Test
    void an_answer_in_a_chat_is_known_by_its_words() {
        assertTrue(Checker.check(inChat(FIRST), 1).green());
        assertRed(Kind.LOST, inChat());
    }

    @Test
    void what_holds_nobodys_words_in_a_chat_is_a_failure_of_the_oldest_message() {
        assertEquals(1, Checker.check(inChat(heard(6, "no luck")), 1).failures().get("in-chat"));
    }

    @Test
    void a_second_copy_in_a_chat_is_red_unless_it_is_marked_and_a_sender_was_struck() {
        assertRed(Kind.DOUBLED, inChat(FIRST, heard(8, "it is 1")));
        assertRed(Kind.DOUBLED, inChat(heard(9, "it is 1"), heard(11, "(possibly repeated)\nit is 1")));
        Verdict verdict = Checker.check(inChat(FIRST, heard(8, "(possibly repeated)\nit is 1")), 1);
        assertTrue(verdict.green(), verdict.toString());
        assertEquals(1, verdict.repeats());
    }

    @Test
    void a_marked_second_copy_is_allowed_while_the_database_is_away() {
        List<Entry> copies = inChat(heard(9, "it is 1"), heard(19, "(possibly repeated)\nit is 1"));
        copies.add(new Entry.Away(at(12), at(5), "the disk of postgres"));
        assertTrue(Checker.check(copies, 1).green());
    }

    @Test
    void recovery_is_from_the_kill_to_the_next_answer_of_a_conversation_that_waited() {
        assertEquals(List.of(Duration.ofSeconds(3)), Checker.check(WELL, 1).recoveries());
    }
}
