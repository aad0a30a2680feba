package ai.chela.agent.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    reminder backup tomorrow             | tomorrow
                    show disks please now                | check disk
                    set alarm 7am                        | 7am
                    forget me                            | forget
                    tell me the time in Tokio            | what is the time
                    ping example.com every minute        | every
                    watch the server                     | watch https://
                    please list all the memory things    | list
                    hello how much is 3 plus 4           | 3 plus 4
                    remeber the staging thing            | remember""")
    void an_english_message_is_answered_with_what_it_may_have_meant(String said, String part) {
        assertNear(said, "en", part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    提醒一下备份的事 | 提醒我
                    把磁盘清理一下   | 磁盘
                    每天提醒         | 每天
                    忘记所有人       | 忘
                    看看内存条       | 内存
                    帮我算算账       | 算""")
    void a_chinese_message_is_answered_with_what_it_may_have_meant(String said, String part) {
        assertNear(said, "zh", part);
    }

    private static void assertNear(String said, String language, String part) {
        List<String> nearest = nearest(said, language);
        assertTrue(nearest.stream().anyMatch(example -> example.contains(part)), () -> said + ": " + nearest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reminder backup tomorrow",
                "watch the server",
                "forget me",
                "run the numbers for me",
                "qwertz uiop",
                "提醒一下备份的事",
                "监控服务器",
                "设个闹钟七点",
                "斑马和长颈鹿"
            })
    void what_is_shown_is_understood_when_it_is_typed(String said) {
        String language = said.charAt(0) > 0x3000 ? "zh" : "en";
        List<String> nearest = nearest(said, language);
        assertEquals(2, nearest.stream().distinct().count(), nearest::toString);
        for (String example : nearest) assertInstanceOf(Planned.Plan.class, Sentences.plan(example, language), example);
    }

    @Test
    void what_a_precondition_rules_out_now_is_not_shown() {
        for (String example : nearest("yes it is actually so so", "en"))
            assertInstanceOf(Planned.Plan.class, Sentences.plan(example, "en"), example);
    }

    @Test
    void the_same_message_shows_the_same() {
        assertEquals(
                nearest("watch the server", "en"),
                assertInstanceOf(
                                Planned.NotUnderstood.class,
                                new Planner(Sentences.withStandup())
                                        .plan(Sentences.request("watch the server", "en", java.util.Set.of())))
                        .nearest());
    }

    private static List<String> nearest(String said, String language) {
        return assertInstanceOf(Planned.NotUnderstood.class, Sentences.plan(said, language), said)
                .nearest();
    }
}
