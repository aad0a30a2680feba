package ai.chela.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.reply.Phrases;
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
    void a_command_in_chinese_is_answered_in_chinese_and_another_as_the_person_prefers() {
        assertEquals("zh", Command.language("/批准 b5x3d", "en"));
        assertEquals("zh", Command.language("/approve", "zh"));
        assertEquals("en", Command.language("/approve b5x3d", "en"));
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
    void memory_is_governed_by_verbs_in_both_languages() {
        assertEquals(memory("memory.list", Map.of("page", 2)), Command.parse("/memory list 2"));
        assertEquals(
                memory("memory.search", Map.of("query", "staging  database")),
                Command.parse("/memory search staging  database"));
        assertEquals(memory("memory.explain", Map.of("handle", "m-3")), Command.parse("/memory why M-3"));
        assertEquals(memory("memory.pin", Map.of("handle", "m-3")), Command.parse("／记忆 置顶 m-3"));
        assertEquals(memory("memory.tag", Map.of("handle", "m-3", "tag", "发布")), Command.parse("/记忆 加标签 m-3 发布"));
        assertEquals(memory("memory.learning", Map.of("on", false)), Command.parse("/memory learning off"));
        assertEquals(memory("memory.export", Map.of("after", "m-57")), Command.parse("/memory export m-57"));
    }

    @Test
    void a_new_text_is_taken_exactly_as_it_was_written() {
        assertEquals(
                memory("memory.correct", Map.of("handle", "m-3", "value", "the lift  is OUT of order")),
                Command.parse("/memory correct m-3 the lift  is OUT of order"));
    }

    @Test
    void a_memory_expires_at_a_time_that_can_be_read_or_never() {
        assertEquals(
                memory("memory.expire", Map.of("handle", "m-3", "when", "in 30 days")),
                Command.parse("/memory expire m-3 in 30 days"));
        assertEquals(memory("memory.keep", Map.of("handle", "m-3")), Command.parse("/memory expire m-3 never"));
        assertInstanceOf(Command.Wrong.class, Command.parse("/memory expire m-3 some day"));
        assertInstanceOf(Command.Wrong.class, Command.parse("/memory expire m-3"));
    }

    @Test
    void forgetting_all_takes_a_number_and_nothing_else() {
        assertEquals(memory("memory.forget-all", Map.of()), Command.parse("/memory forget all"));
        assertEquals(memory("memory.forget-all", Map.of("confirmed", 12L)), Command.parse("/记忆 忘掉 全部 12"));
        assertInstanceOf(Command.Wrong.class, Command.parse("/memory forget all of it"));
        assertInstanceOf(Command.Wrong.class, Command.parse("/memory forget"));
    }

    private static Command memory(String operation, Map<String, Object> args) {
        return new Command.Do(new Operation(operation, args));
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

    @Test
    void each_command_has_a_chinese_name() {
        assertEquals(new Command.Decide(true, "k7m2p"), Command.parse("/批准 K7M2P"));
        assertEquals(new Command.Decide(false, null), Command.parse("/拒绝"));
        assertEquals(new Command.Stop(), Command.parse("/停止"));
        assertEquals(new Command.Status(), Command.parse("/状态"));
        assertEquals(new Command.ShowPlan(), Command.parse("/计划"));
        assertEquals(new Command.Help(), Command.parse("/帮助"));
        assertEquals(new Command.Why(), Command.parse("/为什么"));
        assertEquals(new Command.Fresh(), Command.parse("/新对话"));
        assertEquals(Command.parse("/memory forget m-3"), Command.parse("/记忆 忘掉 m-3"));
        assertEquals(Command.parse("/schedule pause t-1"), Command.parse("/日程 暂停 t-1"));
        assertEquals(Command.parse("/language zh"), Command.parse("/语言 中文"));
        assertEquals(Command.parse("/timezone Asia/Shanghai"), Command.parse("/时区 Asia/Shanghai"));
    }

    @Test
    void the_slash_of_a_chinese_keyboard_begins_a_command() {
        assertEquals(new Command.Help(), Command.parse("／帮助"));
    }

    @Test
    void the_chinese_help_shows_the_chinese_names() {
        String help = Phrases.in("zh").help();
        for (String name :
                List.of("/帮助", "/状态", "/记忆", "/日程", "/批准", "/拒绝", "/停止", "/新对话", "/计划", "/为什么", "/语言", "/时区"))
            assertTrue(help.contains(name), name);
    }
}
