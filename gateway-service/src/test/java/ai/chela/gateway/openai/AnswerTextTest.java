package ai.chela.gateway.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AnswerTextTest {
    private final AnswerText text = new AnswerText();

    @Test
    void pieces_in_order_are_shown_as_they_come() {
        assertEquals("he", text.piece(1, 0, "he"));
        assertEquals("llo", text.piece(1, 1, "llo"));
        assertEquals("", text.complete("hello"));
    }

    @Test
    void after_a_lost_piece_the_rest_comes_with_the_answer() {
        text.piece(1, 0, "he");
        assertEquals("", text.piece(1, 2, "o"));
        assertEquals("llo", text.complete("hello"));
    }

    @Test
    void a_piece_that_comes_twice_is_shown_once() {
        text.piece(1, 0, "he");
        assertEquals("", text.piece(1, 0, "he"));
        assertEquals("llo", text.piece(1, 1, "llo"));
    }

    @Test
    void a_new_attempt_that_says_the_same_goes_on_where_the_first_stopped() {
        text.piece(1, 0, "hel");
        assertEquals("", text.piece(2, 0, "h"));
        assertEquals("lo", text.piece(2, 1, "ello"));
        assertEquals("", text.complete("hello"));
    }

    @Test
    void a_new_attempt_that_says_something_else_is_given_whole_in_the_end() {
        text.piece(1, 0, "it is 5");
        assertEquals("", text.piece(2, 0, "it was 6"));
        assertEquals("\n\n[corrected / 更正]\n\nit was 6", text.complete("it was 6"));
    }

    @Test
    void a_straggler_of_an_earlier_attempt_is_dropped() {
        text.piece(2, 0, "a");
        assertEquals("", text.piece(1, 1, "b"));
    }

    @Test
    void white_space_at_the_end_makes_no_correction() {
        text.piece(1, 0, "hello \n");
        assertEquals("", text.complete("hello"));
    }

    @Test
    void without_any_piece_the_answer_is_given_whole() {
        assertEquals("hello", text.complete("hello"));
    }
}
