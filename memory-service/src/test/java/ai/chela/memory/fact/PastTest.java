package ai.chela.memory.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.chela.contracts.memory.MemoryOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PastTest {
    private static final Fact FIRST = version("1", "db-17", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
    private static final Fact SECOND = version("2", "db-18", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
    private static final Fact NOW = version("3", "db-19", "2026-03-01T00:00:00Z", null);
    private static final List<Fact> ALL = List.of(NOW, SECOND, FIRST);

    @Test
    void before_the_current_one_comes_the_one_that_held_last() {
        assertEquals("db-18", Objects.requireNonNull(Past.before(ALL)).text());
    }

    @Test
    void what_was_never_corrected_was_nothing_else_before() {
        assertNull(Past.before(List.of(NOW)));
    }

    @Test
    void what_said_the_same_is_not_what_it_was_before() {
        Fact merged = version("4", "DB-19.", "2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z");
        assertEquals(
                "db-18",
                Objects.requireNonNull(Past.before(List.of(NOW, merged, SECOND)))
                        .text());
    }

    @Test
    void at_a_time_the_version_of_that_time_held() {
        assertEquals("db-17", at("2026-01-15T00:00:00Z"));
        assertEquals("db-18", at("2026-02-01T00:00:00Z"));
        assertEquals("db-19", at("2030-01-01T00:00:00Z"));
    }

    @Test
    void before_it_was_told_nothing_was_known() {
        assertNull(Past.at(ALL, Instant.parse("2025-12-31T23:59:59Z")));
    }

    private static String at(String time) {
        return Objects.requireNonNull(Past.at(ALL, Instant.parse(time))).text();
    }

    private static Fact version(String id, String text, String from, @Nullable String to) {
        Instant since = Instant.parse(from);
        Standing standing = new Standing(
                1,
                MemoryOrigin.SAID,
                false,
                since,
                to == null ? null : Instant.parse(to),
                false,
                false,
                null,
                0,
                null,
                List.of());
        return new Fact(id, "1", 1, new Scope.Tenant(), text, "ann", "Ann", "", since, null, standing);
    }
}
