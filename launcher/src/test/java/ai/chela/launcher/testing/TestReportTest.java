package ai.chela.launcher.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.testing.TestReport.Total;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestReportTest {
    @Test
    void a_report_is_summed_up() {
        assertEquals(
                new Total(5, 3, 2),
                Total.of(
                        "<?xml version=\"1.0\"?>\n<testsuite name=\"tests=\" time=\"1\" tests=\"10\" errors=\"1\" skipped=\"2\" failures=\"2\">\n<testcase/>"));
    }

    @Test
    void the_last_line_names_what_the_machine_lacks() {
        assertEquals("NOT RUN: Prosody, Node", TestReport.lastLine(TestReport.missing("bwrap"::equals)));
        assertEquals("NOT RUN: nothing", TestReport.lastLine(TestReport.missing(_ -> true)));
    }

    @Test
    void what_a_test_did_without_is_told_though_it_is_not_needed() {
        String report = """
                <testcase name="a"><skipped type="x"><![CDATA[x: Assumption failed: NOT RUN: a Qdrant server: set URL
                    at org.junit]]></skipped></testcase>
                <testcase name="b"><skipped message="Assumption failed: NOT RUN: Node" type="x"/></testcase>
                <testcase name="c"><skipped message="later" type="x"/></testcase>""";
        assertEquals(Set.of("a Qdrant server: set URL"), TestReport.optional(report));
    }

    @Test
    void what_is_missing_fails_only_a_strict_run() {
        Total good = new Total(10, 0, 1);
        assertEquals(ExitCode.OK, TestReport.exitCode(0, good, List.of("Node"), false));
        assertEquals(ExitCode.FAILED, TestReport.exitCode(0, good, List.of("Node"), true));
        assertEquals(ExitCode.OK, TestReport.exitCode(0, good, List.of(), true));
    }

    @Test
    void a_run_without_any_test_has_not_passed() {
        assertEquals(ExitCode.FAILED, TestReport.exitCode(0, new Total(0, 0, 0), List.of(), false));
    }
}
