package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.Json;
import ai.chela.launcher.language.Language;
import ai.chela.launcher.stack.Service;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StartReportTest {
    private static final StartFigures.OfService AGENT =
            new StartFigures.OfService(Service.AGENT, true, 42, 160, 40, 66, 60, 90, 0);
    private static final StartFigures.OfService MEMORY =
            new StartFigures.OfService(Service.MEMORY, false, 900, 1500, 180, 210, 200, 120, 118);

    private static StartFigures figures(StartKind kind, StartFigures.OfService... services) {
        Turns turns = new Turns(List.of(), 0, 1);
        Bench.Measured load = new Bench.Measured(turns, Map.of("agent-service", 4.0), 0.5, 3);
        return new StartFigures(kind, List.of(services), 5.5, List.of(turns), load);
    }

    private static Finding finding(StartKind kind, OptionalDouble ofJvm, StartFigures.OfService... services) {
        return new StartReport(Language.EN).finding(figures(kind, services), ofJvm);
    }

    private static List<String> goals(Finding finding) {
        return finding.goals().stream().map(Goal::text).toList();
    }

    @Test
    void goals_are_for_services_that_run_natively() {
        assertEquals(
                List.of(
                        "agent started <= 50",
                        "agent ready <= 150",
                        "agent resident after the turns <= 70",
                        "<= 350",
                        "<= 6",
                        ">= 70"),
                goals(finding(StartKind.NATIVE, OptionalDouble.of(100), AGENT, MEMORY)));
    }

    @Test
    void on_the_jvm_nothing_is_a_goal() {
        assertEquals(List.of(), goals(finding(StartKind.AOT, OptionalDouble.empty(), MEMORY)));
    }

    @Test
    void five_services_count_together_however_they_run() {
        assertEquals(276, figures(StartKind.NATIVE, AGENT, MEMORY).residentTogether());
    }

    @Test
    void it_says_which_ran_natively_and_that_nothing_was_compared() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ReportJson.put(json, List.of(finding(StartKind.NATIVE, OptionalDouble.empty(), AGENT, MEMORY)));
        assertEquals(
                "Native: agent-service. On the JVM: memory-service.",
                json.at("/startNative/notes/0").asText());
        assertTrue(json.at("/startNative/notes/1").asText().contains("measure aot in the same run"));
    }

    @Test
    void json_has_a_number_a_service_and_the_goals_beside() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ReportJson.put(json, List.of(finding(StartKind.NATIVE, OptionalDouble.empty(), AGENT, MEMORY)));
        assertEquals(160, json.at("/startNative/services/readyMillis/agent").asDouble());
        assertEquals(1500, json.at("/startNative/services/readyMillis/memory").asDouble());
        assertEquals(
                150, json.at("/startNative/services/readyMillis/goals/0/atMost").asDouble());
        assertEquals(118, json.at("/startNative/services/cacheMegabytes/memory").asDouble());
    }

    @Test
    void people_see_a_column_a_service_and_how_many_meet_the_goal() {
        Surroundings here = new Surroundings(Path.of("."), Map.of(), System.out, System.err, Language.EN);
        Line table = finding(StartKind.NATIVE, OptionalDouble.empty(), AGENT, MEMORY).lines().stream()
                .filter(Line.Table.class::isInstance)
                .findFirst()
                .orElseThrow();
        List<String> lines = new Report(here).text(table).lines().toList();
        assertEquals(" ".repeat(32) + "       agent      memory", lines.getFirst());
        assertEquals(
                "  " + Report.padded("ready") + "       160.0      1500.0 ms   goal: each <= 150, met by 0 of 1",
                lines.get(2));
    }
}
