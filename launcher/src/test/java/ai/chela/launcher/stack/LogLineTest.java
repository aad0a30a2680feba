package ai.chela.launcher.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void a_json_line_is_shown_without_its_stack_trace() {
        String line = "{\"level\":\"ERROR\",\"message\":\"port 8080 is in use\",\"stack\":\"java.lang.X\\n\\tat a.b\"}";
        assertEquals(List.of("ERROR port 8080 is in use"), LogLine.readable(List.of(line), 5));
    }

    @Test
    void what_is_wrong_comes_before_what_is_last() {
        List<String> lines = List.of(
                "{\"level\":\"ERROR\",\"message\":\"no\"}",
                "\tat a.b(C.java:1)",
                "{\"level\":\"INFO\",\"message\":\"bye\"}");
        assertEquals(List.of("ERROR no"), LogLine.readable(lines, 5));
    }

    @Test
    void without_anything_wrong_the_last_lines_are_shown() {
        assertEquals(List.of("two"), LogLine.readable(List.of("one", "two"), 1));
    }
}
