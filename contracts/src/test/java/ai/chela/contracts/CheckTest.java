package ai.chela.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckTest {
    @Test
    void a_text_is_kept_as_it_is_or_refused_with_the_name_of_its_field() {
        RandomText.texts(6).forEach(text -> {
            if (text.isBlank() || text.length() > 100) assertNames("x", () -> Check.text("x", text, 100));
            else assertEquals(text, Check.text("x", text, 100));
        });
    }

    @Test
    void bytes_are_counted_as_utf8_counts_them() {
        RandomText.texts(7).forEach(text -> {
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            if (text.isBlank() || bytes > 40) assertNames("x", () -> Check.utf8("x", text, 40));
            else assertEquals(text, Check.utf8("x", text, 40));
        });
    }

    @Test
    void an_absent_text_is_refused() {
        assertNames("x", () -> Check.text("x", null, 100));
    }

    @Test
    void an_absent_list_is_refused_by_its_name() {
        assertEquals(
                "x: missing",
                assertThrows(NullPointerException.class, () -> Check.list("x", null))
                        .getMessage());
    }

    @Test
    void an_absent_list_that_may_be_absent_is_empty() {
        assertTrue(Check.listOrEmpty("x", null).isEmpty());
    }

    @Test
    void a_list_with_a_hole_is_refused() {
        assertNames("x", () -> Check.list("x", Arrays.asList("a", nothing())));
    }

    @Test
    void a_list_is_copied() {
        List<String> mine = new ArrayList<>(List.of("a"));
        List<String> kept = Check.list("x", mine);
        mine.add("b");

        assertEquals(List.of("a"), kept);
    }

    @Test
    void an_absent_map_is_empty() {
        assertEquals(Map.of(), Check.map(null));
    }

    @Test
    void a_map_loses_its_empty_values_and_keeps_its_order() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (String name : List.of("z", "y", "x", "w", "v")) arguments.put(name, name.equals("x") ? nothing() : name);

        assertEquals(
                List.of("z", "y", "w", "v"), List.copyOf(Check.map(arguments).keySet()));
    }

    @Test
    void a_map_cannot_be_changed_afterwards() {
        assertThrows(
                UnsupportedOperationException.class,
                () -> Check.map(Map.of("a", 1)).put("b", 2));
    }

    /** As a JSON reader hands it over, past what the compiler can check. */
    @SuppressWarnings("NullAway")
    private static String nothing() {
        @Nullable String nothing = null;
        return nothing;
    }

    private static void assertNames(String field, Runnable check) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, check::run).getMessage());
        assertEquals(field, message.split(":", 2)[0]);
    }
}
