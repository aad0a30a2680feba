package ai.chela.system;

import static ai.chela.system.Texts.assertDoesNotSay;
import static ai.chela.system.Texts.assertSays;
import static ai.chela.system.Texts.handle;
import static ai.chela.system.Texts.items;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.system.api.Conversation;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody does with Chela in a first session, in English, without a model. */
@ExtendWith(SharedStack.class)
class FirstSessionTest {
    private final Conversation chat;

    FirstSessionTest(Stack stack) {
        chat = stack.newcomer("en").conversation();
    }

    @BeforeEach
    void greet() {
        assertSays(chat.say("hello"), "Hello!");
    }

    @AfterEach
    void hangUp() {
        chat.close();
    }

    @Test
    void what_was_said_to_be_remembered_is_quoted_with_who_and_when() {
        assertSays(chat.say("remember that the staging database is db-17"), "Remembered", "m-");
        assertSays(chat.say("which database does staging use?"), "\"the staging database is db-17\"", "Guest", " 20");
    }

    @Test
    void what_nobody_said_is_not_known() {
        assertSays(chat.say("which database does the archive use?"), "I do not know");
    }

    @Test
    void a_correction_changes_the_fact_just_recalled_and_wins() {
        chat.say("remember that the staging database is db-17");
        chat.say("remember that the wiki runs on host-9");
        chat.say("which database does staging use?");
        assertSays(chat.say("no, it is db-18"), "db-17", "db-18");
        assertSays(chat.say("which database does staging use?"), "db-18");
        assertSays(chat.say("where does the wiki run?"), "host-9");
    }

    @Test
    void forgetting_shows_what_it_forgets_and_forgets() {
        chat.say("remember that the staging database is db-17");
        assertSays(chat.say("forget which database staging uses"), "Forgotten", "the staging database is db-17");
        assertSays(chat.say("which database does staging use?"), "I do not know");
        assertDoesNotSay(chat.say("/memory"), "db-17");
    }

    @Test
    void a_reminder_arrives_by_itself_in_its_conversation_once() {
        String answer = chat.say("remind me in 5 seconds to check the backup");
        assertSays(answer, "check the backup", "Europe/Berlin", "To undo: cancel " + handle(answer, "t"));
        chat.awaitByItself("check the backup");
        assertSays(chat.say("/schedule"), "Nothing is scheduled");
        assertEquals(1, chat.timesByItself("check the backup"));
    }

    @Test
    void a_weekday_reminder_says_its_days_and_its_next_three_times() {
        String answer = chat.say("every weekday at 9:00 remind us to update the board");
        assertSays(answer, "Monday to Friday", "09:00", "Europe/Berlin", "To undo");
        assertEquals(3, items(answer), answer);
    }

    @Test
    void times_are_understood_in_many_forms() {
        assertSays(chat.say("tomorrow at 3pm remind me to call Ana"), "15:00");
        assertSays(chat.say("next Monday at 10:00 remind me to plan the week"), "Monday", "10:00");
        assertSays(chat.say("on the last day of every month at 17:00 remind me to send the report"), "last day");
        assertSays(chat.say("every 15 minutes remind me to look up"), "15 minutes");
        assertEquals(4, items(chat.say("what reminders do I have?")));
    }

    @Test
    void a_reminder_is_paused_resumed_run_now_and_cancelled() {
        String handle = handle(chat.say("every day at 8:00 remind me to water the plants"), "t");
        assertSays(chat.say("pause " + handle), "Paused " + handle);
        assertSays(chat.say("/schedule"), handle, "paused");
        assertSays(chat.say("resume " + handle), "Resumed " + handle);
        assertSays(chat.say("run " + handle + " now"), "Running " + handle);
        chat.awaitByItself("water the plants");
        assertSays(chat.say("cancel " + handle), "Cancelled " + handle);
        assertSays(chat.say("/schedule"), "Nothing is scheduled");
    }

    @Test
    void tools_that_only_read_need_no_approval() {
        assertSays(chat.say("check disk and memory"), "Disk", "Memory", "GiB");
        assertSays(chat.say("what is 12*7+3?"), "87");
        assertSays(chat.say("what time is it in Tokyo?"), "Asia/Tokyo");
    }

    @Test
    void several_things_at_once_are_done_and_the_plan_shows_how() {
        String answer = chat.say("check disk and memory, and ask me tomorrow at 9 whether I cleaned up");
        assertSays(answer, "Disk", "Memory", "whether I cleaned up", "09:00");
        assertSays(chat.say("/plan"), "host.disk", "host.memory", "schedule.remind");
    }

    @Test
    void why_names_method_memories_policy_and_times() {
        String memory = handle(chat.say("remember that the staging database is db-17"), "m");
        chat.say("which database does staging use?");
        assertSays(chat.say("/why"), "Method: memory/recall", "memory.recall", memory, "policy.yaml", " ms");
    }

    @Test
    void commands_tell_about_chela() {
        assertSays(chat.say("/help"), "/approve", "/schedule", "remind me", "/why");
        assertSays(chat.say("/status"), "Model: none configured", "models.yaml");
        assertSays(chat.say("/memory"), "I remember nothing for you yet");
        assertSays(chat.say("/schedule"), "Nothing is scheduled");
        assertSays(chat.say("/approve"), "Nothing waits");
        assertSays(chat.say("/stop"), "nothing to stop");
        assertSays(chat.say("/bogus"), "/bogus", "/help");
    }

    @Test
    void a_fresh_start_keeps_memories_but_not_what_was_just_recalled() {
        chat.say("remember that the staging database is db-17");
        chat.say("which database does staging use?");
        assertSays(chat.say("/new"), "fresh start");
        assertSays(chat.say("which database does staging use?"), "db-17");
    }

    @Test
    void language_and_time_zone_can_be_chosen() {
        assertSays(chat.say("/timezone America/New_York"), "America/New_York");
        assertSays(chat.say("tomorrow at 3pm remind me to call Ana"), "America/New_York");
        assertSays(chat.say("/timezone Mars/One"), "Mars/One", "Europe/Berlin");
        assertSays(chat.say("/language zh"), "中文");
        assertSays(chat.say("/language en"), "English");
    }

    @Test
    void what_needs_a_model_says_so_and_shows_the_nearest_forms() {
        assertSays(
                chat.say("the weather makes me sad today"),
                "did not understand",
                "The nearest",
                "language model",
                "models.yaml");
    }
}
