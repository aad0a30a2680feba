package ai.chela.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.chela.agent.planner.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void a_message_without_a_slash_is_no_command() {
        assertNull(Command.parse("approve"));
    }

    @Test
    void a_path_is_no_command() {
        assertNull(Command.parse("/etc/hosts is where names are kept"));
    }

    @Test
    void two_slashes_begin_an_ordinary_message() {
        assertNull(Command.parse("//help"));
    }

    @Test
    void a_code_is_read_in_any_case_and_may_be_left_out() {
        assertEquals(new Command.Decide(true, "k7m2p"), Command.parse(" /approve K7M2P "));
        assertEquals(new Command.Decide(false, null), Command.parse("/deny"));
    }

    @Test
    void a_handle_is_forgotten_in_its_turn() {
        assertEquals(
                new Command.Do(new Operation("memory.forget-handles", Map.of("handles", List.of("m-3")))),
                Command.parse("/memory forget m-3"));
    }

    @Test
    void a_reminder_is_changed_by_its_handle() {
        assertEquals(
                new Command.Do(new Operation("schedule.run-now", Map.of("handle", "t-1"))),
                Command.parse("/schedule run T-1"));
    }

    @Test
    void a_language_that_does_not_exist_is_answered_with_what_is_allowed() {
        assertInstanceOf(Command.Wrong.class, Command.parse("/language klingon"));
    }

    @Test
    void a_time_zone_is_checked() {
        assertInstanceOf(Command.Do.class, Command.parse("/timezone Asia/Shanghai"));
        assertInstanceOf(Command.Wrong.class, Command.parse("/timezone Moon/Base"));
    }

    @Test
    void an_unknown_command_is_said_to_be_unknown() {
        assertEquals(new Command.Unknown("/frobnicate"), Command.parse("/frobnicate now"));
    }
}
