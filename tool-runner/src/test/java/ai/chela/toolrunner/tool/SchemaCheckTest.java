package ai.chela.toolrunner.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.chela.contracts.tool.ToolDeclared.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {
    private static final Map<String, Object> SCHEMA = Schema.object()
            .text("name", 5, "a name")
            .word("unit", List.of("day", "week"), "a unit")
            .whole("amount", 1, 9, "an amount")
            .optionalText("note", 5, "a note")
            .build();

    @Test
    void arguments_as_declared_have_no_problem() {
        assertEquals("", problem(Map.of("name", "x", "unit", "day", "amount", 3)));
    }

    @Test
    void a_missing_argument_is_named() {
        assertEquals("The argument \"unit\" is missing.", problem(Map.of("name", "x", "amount", 3)));
    }

    @Test
    void an_unknown_argument_is_named_with_those_there_are() {
        assertEquals(
                "There is no argument \"colour\"; known: amount, name, note, unit.",
                problem(Map.of("name", "x", "unit", "day", "amount", 3, "colour", "red")));
    }

    @Test
    void a_wrong_type_is_named() {
        assertEquals("\"amount\" must be a whole number.", problem(Map.of("name", "x", "unit", "day", "amount", 1.5)));
        assertEquals("\"name\" must be a text.", problem(Map.of("name", List.of(), "unit", "day", "amount", 1)));
    }

    @Test
    void a_number_out_of_range_is_told_the_bound() {
        assertEquals(
                "\"amount\" is 10; at most 9 is allowed.", problem(Map.of("name", "x", "unit", "day", "amount", 10)));
    }

    @Test
    void a_word_that_is_not_allowed_is_told_those_that_are() {
        assertEquals(
                "\"unit\" is \"moon\"; allowed: day, week.", problem(Map.of("name", "x", "unit", "moon", "amount", 1)));
    }

    @Test
    void a_text_that_is_too_long_is_told_how_long_it_may_be() {
        assertEquals(
                "\"name\" has 6 characters; at most 5 are allowed.",
                problem(Map.of("name", "abcdef", "unit", "day", "amount", 1)));
    }

    @Test
    void a_problem_is_told_in_chinese_too() {
        assertEquals(
                "缺少参数“name”。",
                SchemaCheck.problem(SCHEMA, Map.of()).map(Said::zh).orElse(""));
    }

    @Test
    void a_schema_with_a_keyword_that_is_not_checked_is_refused() {
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                Map.of("x", Map.of("type", "string", "pattern", "a+")));
        var problem = assertThrows(
                IllegalArgumentException.class,
                () -> new Tool.Declaration(
                        "x", "1", "x", schema, Effect.READ, true, new Tool.Limits(Duration.ofSeconds(1), 1)));
        assertEquals("x.x: the keyword pattern is not checked", problem.getMessage());
    }

    private static String problem(Map<String, Object> args) {
        return SchemaCheck.problem(SCHEMA, args).map(Said::en).orElse("");
    }
}
