package ai.chela.agent.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertaintyTest {
    private static final List<String> COMMANDS = List.of(
            "check disk and memory",
            "cancel t-7",
            "what time is it in Tokyo",
            "watch https://example.org every 10 seconds",
            "list my reminders",
            "pause t-1 and t-2",
            "calculate 12*7+3",
            "speak Chinese",
            "forget m-3",
            "start the standup");
    private static final List<String> HAN_COMMANDS =
            List.of("检查磁盘和内存", "取消 t-7", "东京现在几点", "监控 https://example.org", "列出我的提醒", "计算 12*7+3", "说中文", "开始站会");
    private static final List<String> NOISE =
            List.of("zebra", "maybe", "never", "unless", "banana", "not", "q9", "%%", "he", "said", "hardly", "###");
    private static final List<String> HAN_NOISE = List.of("斑马", "也许", "从不", "除非", "香蕉", "据说", "##", "几乎没");

    @Test
    void noise_around_a_command_never_acts() {
        noiseNeverActs("en", COMMANDS, NOISE, " ");
        noiseNeverActs("zh", HAN_COMMANDS, HAN_NOISE, "");
    }

    private static void noiseNeverActs(String language, List<String> commands, List<String> noise, String space) {
        Random random = new Random(7);
        for (int round = 0; round < 1_500; round++) {
            String command = commands.get(random.nextInt(commands.size()));
            String word = noise.get(random.nextInt(noise.size()));
            String other = noise.get(random.nextInt(noise.size()));
            String text = switch (random.nextInt(3)) {
                case 0 -> word + space + command;
                case 1 -> command + space + word;
                default -> word + space + command + space + other;
            };
            Planned planned = Sentences.plan(text, language, "recalled-fact", "triggers", "pending-approval");
            if (planned instanceof Planned.Plan plan)
                assertEquals(
                        List.of("memory.recall"),
                        plan.operations().stream().map(Operation::name).toList(),
                        text);
        }
    }

    @Test
    void the_same_message_gives_the_same_plan() {
        Planner other = new Planner(Sentences.withStandup());
        for (String command : COMMANDS) {
            Request request = Sentences.request(command, "en", Set.of());
            assertEquals(Sentences.PLANNER.plan(request), other.plan(request));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a ",
                "at 9 ",
                "and ",
                "check disk and ",
                "check disk, ",
                "remind me in 20 seconds to ",
                "\"",
                "“",
                "((((",
                "1+",
                "9",
                "每天",
                "提醒我",
                "明天9点",
                "和",
                "查一下磁盘和",
                "http://",
                "t-7 and ",
                "until ",
                "every ",
                ".",
                ",",
                "? ",
                "run ",
                "\u0000",
                "😀",
                "一",
                "no, "
            })
    void hostile_messages_are_answered_quickly(String part) {
        for (int length : List.of(2_000, 65_536)) {
            String text = part.repeat(length / part.length());
            assertTimeout(Duration.ofSeconds(2), () -> Sentences.plan(text, "en", "recalled-fact", "triggers"));
            assertTimeout(Duration.ofSeconds(2), () -> Sentences.plan("remember that " + text, "en"));
            assertTimeout(Duration.ofSeconds(2), () -> Sentences.plan("明天9点提醒我" + text, "zh"));
        }
    }

    @Test
    void a_long_text_is_remembered_exactly() {
        String text = "line one, and\nline \"two\" ".repeat(2_000).strip();
        Planned.Plan plan = assertInstanceOf(Planned.Plan.class, Sentences.plan("remember: " + text, "en"));
        assertEquals(text, plan.operations().getFirst().args().get("text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"head -n 20", "echo parcel-001-0023", "ls order-23", "tail -n 08"})
    void a_number_at_the_end_of_a_command_is_no_time(String command) {
        Planned.Plan plan = assertInstanceOf(Planned.Plan.class, Sentences.plan("run " + command, "en"));
        assertEquals("shell.run", plan.operations().getFirst().name());
        assertEquals(command, plan.operations().getFirst().args().get("command"));
    }

    @Test
    void a_command_keeps_its_quotes_and_line_breaks() {
        String command = "printf 'a\n  b' | grep \"x  y\"";
        Planned.Plan plan = assertInstanceOf(Planned.Plan.class, Sentences.plan("run " + command, "en"));
        assertEquals(command, plan.operations().getFirst().args().get("command"));
    }

    @Test
    void an_empty_message_is_not_understood() {
        assertInstanceOf(Planned.NotUnderstood.class, Sentences.plan(" \n", "en"));
        assertInstanceOf(Planned.NotUnderstood.class, Sentences.plan("x".repeat(70_000), "en"));
    }

    @Test
    void what_was_not_understood_is_named_with_the_two_nearest_forms() {
        Planned.NotUnderstood answer =
                assertInstanceOf(Planned.NotUnderstood.class, Sentences.plan("check disk and make coffee", "en"));
        assertEquals("make coffee", answer.what());
        assertEquals(2, answer.nearest().size());
        Planned.NotUnderstood run =
                assertInstanceOf(Planned.NotUnderstood.class, Sentences.plan("run the numbers for me", "en"));
        assertFalse(run.nearest().stream().noneMatch(form -> form.startsWith("run")), run.nearest()::toString);
        Planned.NotUnderstood han = assertInstanceOf(Planned.NotUnderstood.class, Sentences.plan("明天不用提醒我", "zh"));
        assertEquals("zh", han.language());
        assertFalse(han.nearest().stream().noneMatch(form -> form.contains("提醒")), han.nearest()::toString);
    }

    @Test
    void the_derivation_shows_task_method_and_operators() {
        Planned.Plan plan = assertInstanceOf(
                Planned.Plan.class, Sentences.plan("check disk and remind me tomorrow to call Bob", "en"));
        String tree = plan.derivation().render("en");
        assertEquals(
                List.of(true, true, true),
                List.of("host/check, method each-part", "  host/part, method disk", "→ schedule.remind").stream()
                        .map(tree::contains)
                        .toList(),
                tree);
        assertEquals(List.of("No time of day was given: 09:00 is used."), plan.notes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "remind me cron 99 9 * * * to open the shutters",
                "every 99 99 * * * remind me to open the shutters",
                "remind me cron 0 9 * * to open the shutters",
                "remind me cron 0 9 * * 1-5 2 to open the shutters",
                "remind me cron 0 9-5 * * * to open the shutters",
                "remind me cron \"0 9 * */0 *\" to open the shutters"
            })
    void a_cron_line_that_cannot_be_read_is_asked_about_and_says_where(String text) {
        Planned.Question question = assertInstanceOf(Planned.Question.class, Sentences.plan(text, "en"), text);
        assertTrue(question.text().startsWith("The cron line"), question::text);
        assertTrue(question.text().matches("(?s).*(field \\d|\\d fields).*"), question::text);
    }

    @Test
    void a_cron_line_after_every_is_understood() {
        assertInstanceOf(Planned.Plan.class, Sentences.plan("every 0 9 * * 1-5 remind me to open the shutters", "en"));
        Planned.Question question =
                assertInstanceOf(Planned.Question.class, Sentences.plan("每 99 99 * * * 提醒我打开百叶窗", "zh"));
        assertTrue(question.text().contains("第 1 个字段（分）"), question::text);
    }
}
