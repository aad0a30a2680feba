package ai.chela.memory.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.chela.memory.fact.Statement.Kind;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
    @ParameterizedTest
    @CsvSource({
        "db-17, IDENTIFIER",
        "v2.1.0, IDENTIFIER",
        "Thursday 22:00, TIME",
        "on Friday, TIME",
        "2026-12-24, TIME",
        "周四晚上十点, TIME",
        "三月五日, TIME",
        "42, NUMBER",
        "12 €, NUMBER",
        "3 个, NUMBER",
        "vpn2.example.org, ADDRESS",
        "billing@example.org, ADDRESS",
        "Bob Smith, NAME",
        "王芳, NAME",
        "broken, OTHER",
        "backed up at night, OTHER",
        "out of milk, OTHER",
        "坏的, OTHER",
        "只读, OTHER"
    })
    void a_value_has_a_kind_by_its_form(String value, Kind kind) {
        assertEquals(kind, Statement.kind(value));
    }

    @Test
    void the_same_thing_is_recognised_however_it_is_written() {
        assertEquals(key("the staging database is db-17"), key("Our Staging Database is db-18."));
        assertEquals(key("我们的测试数据库是 db-17"), key("测试数据库是db-18"));
    }

    @Test
    void another_thing_is_another() {
        assertNotEquals(key("the staging database is db-17"), key("the production database is db-17"));
    }

    @Test
    void my_desk_is_another_for_everybody() {
        Statement ann = Objects.requireNonNull(Statement.of("my desk is 4", "ann"));
        Statement bob = Objects.requireNonNull(Statement.of("my desk is 5", "bob"));
        assertNotEquals(ann.key(), bob.key());
    }

    @Test
    void a_value_of_another_kind_contradicts_nothing() {
        assertNotEquals(key("the release is v2"), key("the release is on Friday"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the staging database is backed up at night",
                "staging is db-17 and production is db-3",
                "call the office first",
                "是",
                "="
            })
    void what_gives_no_single_value_is_none(String text) {
        assertNull(Statement.of(text, "ann"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "以后请", "on ", "-", ". ", "the "})
    void no_text_makes_it_slow(String piece) {
        String hostile = "our window is " + piece.repeat(16_000 / piece.length()) + "x";
        String value = piece.repeat(60 / piece.length()) + "x";
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            Statement.of(hostile, "ann");
            Statement.of("our window is " + value, "ann");
            Gist.of(hostile);
        });
    }

    private static String key(String text) {
        Statement statement = Statement.of(text, "ann");
        assertNotNull(statement, text);
        return statement.key();
    }
}
