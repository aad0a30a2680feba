package ai.chela.gateway.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {
    @Test
    void a_short_text_is_one_part() {
        assertEquals(List.of("hello"), Parts.of("hello", 10));
    }

    @Test
    void a_long_text_is_cut_at_a_line() {
        assertEquals(List.of("one two", "three four"), Parts.of("one two\nthree four", 12));
    }

    @Test
    void without_a_line_it_is_cut_at_a_word() {
        assertEquals(List.of("one two", "three"), Parts.of("one two three", 10));
    }

    @Test
    void a_character_outside_the_basic_plane_is_not_torn() {
        assertEquals(List.of("abc", "😀d"), Parts.of("abc😀d", 4));
    }

    @Test
    void nothing_is_lost_of_a_text_without_spaces() {
        assertEquals("x".repeat(25), String.join("", Parts.of("x".repeat(25), 10)));
    }
}
