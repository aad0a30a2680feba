package ai.chela.memory.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>(Map.of("CHELA_DB_PORT", "1"));

    @Test
    void a_command_that_there_is_not_shows_those_that_there_are() {
        assertEquals(2, run("dance"));
        assertTrue(said().startsWith("backup DIR"));
    }

    @Test
    void a_backup_needs_a_folder() {
        assertEquals(2, run("backup"));
    }

    @Test
    void an_unknown_option_is_named() {
        assertEquals(3, run("backup", "x", "--fast"));
        assertEquals("Unknown option, or one without its value: --fast", said());
    }

    @Test
    void a_time_that_is_none_is_shown_with_an_example() {
        assertEquals(
                "--to is a time such as 2026-11-21T14:30:00Z or \"2026-11-21 14:30:00\", not \"noon\".", time("noon"));
    }

    @Test
    void a_time_is_read_with_its_zone_or_as_one_of_this_machine() {
        assertEquals("2026-11-21T12:30:00Z", time("2026-11-21T14:30:00+02:00"));
        assertEquals(
                LocalDateTime.parse("2026-11-21T14:30:00")
                        .atZone(ZoneId.systemDefault())
                        .toInstant()
                        .toString(),
                time("2026-11-21 14:30:00"));
    }

    @Test
    void a_folder_without_a_backup_is_said_in_the_language_of_the_terminal() {
        environment.put("LANG", "zh_CN.UTF-8");
        assertEquals(3, run("verify", "/nowhere/at/all"));
        assertEquals("/nowhere/at/all 中没有备份。", said());
    }

    @Test
    void a_database_that_is_away_is_one_line_and_no_stack_trace() {
        assertEquals(3, run("hold", "list"));
        assertTrue(said().startsWith("The database does not do it: "), said());
        assertTrue(said().lines().count() <= 2, said());
    }

    @Test
    void a_missing_master_key_says_what_to_do() {
        assertEquals(3, run("keys", "status"));
        assertTrue(said().startsWith("CHELA_MASTER_KEY is not set."), said());
    }

    private String time(String text) {
        try {
            return String.valueOf(Arguments.of("restore", "x", "--to", text).instant("--to"));
        } catch (Refusal refusal) {
            return refusal.in(Language.EN);
        }
    }

    private int run(String... line) {
        return new Operator(environment, stream(out), stream(err)).run(line);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
