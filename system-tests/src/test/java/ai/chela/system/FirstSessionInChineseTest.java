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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody does with Chela in a first session, in Chinese, without a model. */
@ExtendWith(SharedStack.class)
class FirstSessionInChineseTest {
    private final Conversation chat;

    FirstSessionInChineseTest(Stack stack) {
        chat = stack.newcomer("zh").conversation();
    }

    @AfterEach
    void hangUp() {
        chat.close();
    }

    @Test
    void what_was_said_to_be_remembered_is_quoted_corrected_and_forgotten() {
        assertSays(chat.say("记住：生产发布窗口是周四晚上十点"), "记住了");
        assertSays(chat.say("发布窗口是什么时候？"), "“生产发布窗口是周四晚上十点”", "Guest", "年");
        assertSays(chat.say("不对，是周五晚上十点"), "周四", "周五");
        assertSays(chat.say("发布窗口是什么时候？"), "周五晚上十点");
        assertSays(chat.say("忘掉发布窗口"), "已永久忘记", "周五晚上十点");
        assertSays(chat.say("发布窗口是什么时候？"), "我不知道");
    }

    @Test
    void a_reminder_arrives_by_itself_in_its_conversation_once() {
        String answer = chat.say("5秒后提醒我检查备份");
        assertSays(answer, "检查备份", "Asia/Shanghai", "撤销：取消 " + handle(answer, "t"));
        chat.awaitByItself("检查备份");
        assertSays(chat.say("/schedule"), "没有安排");
        assertEquals(1, chat.timesByItself("检查备份"));
    }

    @Test
    void a_daily_reminder_says_its_next_three_times_and_is_changed_by_its_handle() {
        String answer = chat.say("每天早上8点提醒我提交日报");
        assertSays(answer, "提交日报", "每天 08:00", "Asia/Shanghai");
        assertEquals(3, items(answer), answer);
        String handle = handle(answer, "t");
        assertSays(chat.say("暂停 " + handle), "已暂停 " + handle);
        assertSays(chat.say("恢复 " + handle), "已恢复 " + handle);
        assertSays(chat.say("立即执行 " + handle), "现在执行 " + handle);
        chat.awaitByItself("提交日报");
        assertSays(chat.say("取消 " + handle), "已取消 " + handle);
        assertSays(chat.say("我有哪些提醒？"), "没有安排");
    }

    @Test
    void workdays_are_monday_to_friday_and_it_says_so() {
        assertSays(chat.say("每个工作日早上9点提醒我们更新看板"), "周一", "周五", "09:00");
    }

    @Test
    void tools_that_only_read_need_no_approval() {
        assertSays(chat.say("查一下磁盘和内存"), "磁盘", "内存", "GiB");
        assertSays(chat.say("计算 12*7+3"), "87");
        assertSays(chat.say("东京现在几点？"), "Asia/Tokyo");
    }

    @Test
    void several_things_at_once_are_done_and_the_plan_shows_how() {
        assertSays(chat.say("查一下磁盘和内存，明天早上9点问我清理了没有"), "磁盘", "内存", "清理了没有", "09:00");
        assertSays(chat.say("/plan"), "host.disk", "host.memory", "schedule.remind");
    }

    @Test
    void a_person_who_writes_chinese_is_answered_in_chinese_by_commands_too() {
        assertSays(chat.say("/help"), "命令", "提醒");
        assertSays(chat.say("/status"), "模型");
        assertSays(chat.say("/memory"), "我还没有为你记住任何事");
        assertSays(chat.say("/why"), "memory.list");
        assertSays(chat.say("/new"), "重新开始");
        assertSays(chat.say("/timezone Asia/Tokyo"), "Asia/Tokyo");
    }

    @Test
    void what_needs_a_model_says_so_and_never_mind_changes_nothing() {
        assertSays(chat.say("今天的天气让我难过"), "没有我能做的事", "语言模型");
        assertDoesNotSay(chat.say("算了"), "忘记：");
        assertSays(chat.say("/schedule"), "没有安排");
    }
}
