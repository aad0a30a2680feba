package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.Json;
import ai.chela.launcher.language.Language;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Line spread = Line.Spread.with("acceptedToReply", "accepted to reply", Latencies.of(4, 6, 40), 8, 30);
    private final Line shares = new Line.Shares(
            "cpuMillisPerTurn",
            "CPU a turn",
            new TreeMap<>(Map.of("kafka", 1.5, "gateway-service", 4.0, "postgres", 0.0, ProcessorTime.BENCH, 2.0)),
            "ms",
            List.of());
    private final Finding plain =
            new Finding("plain", "plain turn", List.of(new Line.Sent(3, 0, 0, 0), spread, shares));

    private Report report(Language language) {
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        return new Report(new Surroundings(Path.of("."), Map.of(), out, out, language));
    }

    private String text(Language language, Line line) {
        return report(language).text(line);
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode into = Json.MAPPER.createObjectNode();
        ReportJson.put(into, List.of(finding));
        return into;
    }

    @Test
    void a_spread_shows_each_goal_and_whether_it_is_met() {
        assertEquals(
                "accepted to reply               p50     6.0   p90    40.0   p99    40.0   max    40.0 ms"
                        + "   goal: p50 <= 8 met, p99 <= 30 MISSED",
                text(Language.EN, spread));
    }

    @Test
    void processes_are_listed_by_what_they_use_and_the_benchmark_apart() {
        assertEquals(
                "CPU a turn                         5.50 ms\n"
                        + "                                   gateway-service 4.00, kafka 1.50; the benchmark itself 2.00",
                text(Language.EN, shares));
    }

    @Test
    void chinese_labels_fill_as_many_columns() {
        assertEquals("轮次" + " ".repeat(28), Report.padded("轮次"));
        assertTrue(text(Language.ZH, spread).contains("目标：p50 <= 8 达成, p99 <= 30 未达成"));
    }

    @Test
    void the_end_counts_goals_and_names_the_missed_ones() {
        report(Language.EN).showGoals(List.of(plain));
        assertEquals(
                "\n1 of 2 goals met\n  missed: plain turn: p99 <= 30, found 40.0\n",
                shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void json_has_every_figure_and_every_goal_by_its_key() {
        ObjectNode json = json(plain);
        assertEquals(3, json.at("/plain/sent").asInt());
        assertEquals(6.0, json.at("/plain/acceptedToReply/p50Millis").asDouble());
        assertEquals(1, json.at("/plain/acceptedToReply/distribution/<50 ms").asInt());
        assertEquals("p99", json.at("/plain/acceptedToReply/goals/1/figure").asText());
        assertFalse(json.at("/plain/acceptedToReply/goals/1/met").asBoolean(true));
        assertEquals(5.5, json.at("/plain/cpuMillisPerTurn/total").asDouble());
        assertEquals(2.0, json.at("/plain/cpuMillisPerTurn/byProcess/bench").asDouble());
    }

    @Test
    void what_is_not_a_number_is_null_in_json() {
        Line none = new Line.Value("toolMillis", "the tool itself", Double.NaN, "ms");
        assertTrue(json(new Finding("tool", "", List.of(none)))
                .at("/tool/toolMillis")
                .isNull());
    }

    @Test
    void what_was_left_out_says_why() {
        Finding model = Finding.leftOut("model", "turn with a model", "it needs --own");
        assertEquals("it needs --own", json(model).at("/model/leftOut").asText());
        assertTrue(model.sound());
    }

    @Test
    void a_lost_or_failed_turn_is_not_sound_and_a_slow_one_is() {
        assertTrue(plain.sound());
        assertFalse(new Finding("plain", "", List.of(new Line.Sent(3, 1, 0, 0))).sound());
        assertFalse(new Finding("plain", "", List.of(new Line.Sent(3, 0, 1, 0))).sound());
        assertFalse(new Finding("plain", "", List.of(new Line.Broken("no database"))).sound());
    }
}
