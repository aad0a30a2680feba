package ai.chela.memory.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The numbers are those of Hugging Face's own tokenizer for the same vocabulary. */
class UnigramTest {
    private static final String VOCABULARY = """
            {"model":{"type":"Unigram","unk_id":3,"vocab":[
             ["<s>",0.0],["<pad>",0.0],["</s>",0.0],["<unk>",0.0],["▁",-3.0],["▁the",-3.1],["▁lift",-3.2],
             ["▁is",-3.3],["▁out",-3.4],["▁of",-3.5],["▁order",-3.6],["▁data",-3.7],["base",-3.8],
             ["▁database",-3.9],["▁d",-4.0],["b",-4.1],["-",-4.2],["17",-4.3],["1",-4.4],["7",-4.5],
             ["▁o",-4.6],["r",-4.7],["der",-4.8],["t",-4.9],["h",-5.0],["e",-5.1],["l",-5.2],["i",-5.3],
             ["f",-5.4],["s",-5.5],["u",-5.6],["o",-5.7],["d",-5.8],["a",-5.9],["c",-6.0],["▁电",-6.1],
             ["梯",-6.2],["坏",-6.3],["了",-6.4],["电",-6.5],["电梯",-6.6],["▁电梯",-6.7],["坏了",-6.8],["ü",-6.9],
             ["▁Mün",-7.0],["chen",-7.1],["M",-7.2],["n",-7.3]
            ]}}""";

    private static final Unigram WORDS = Unigram.of(json(VOCABULARY));

    @Test
    void a_text_is_cut_in_the_likeliest_way() {
        assertNumbers("the lift is out of order", 5, 6, 7, 8, 9, 10);
        assertNumbers("database db-17", 13, 14, 15, 16, 17);
        assertNumbers("other order", 20, 23, 24, 25, 21, 10);
    }

    @Test
    void chinese_has_pieces_of_several_characters() {
        assertNumbers("电梯坏了", 41, 42);
    }

    @Test
    void accents_stay_and_full_width_is_made_plain() {
        assertNumbers("München", 44, 45);
        assertNumbers("１７", 4, 17);
    }

    @Test
    void what_is_not_known_in_a_row_is_one_unknown() {
        assertNumbers("ﬁ 電 xyz", 4, 28, 27, 4, 3, 4, 3);
    }

    @Test
    void spaces_in_a_row_are_one_and_nothing_is_nothing() {
        assertNumbers("the  lift ", 5, 6);
        assertNumbers("");
        assertNumbers(" \u0000\uD800 ");
    }

    @Test
    void a_text_of_any_length_is_cut() {
        assertEquals(16, WORDS.numbers("the lift ".repeat(10_000), 16).length);
        assertEquals(2, WORDS.numbers("the lift", 2).length);
        assertEquals(16, WORDS.numbers("\uD83D\uDE00 ".repeat(10_000), 16).length);
    }

    @Test
    void a_vocabulary_without_its_marks_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Unigram.of(json("{\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\",-1]]}}")));
    }

    private static void assertNumbers(String text, int... inner) {
        long[] expected = new long[inner.length + 2];
        for (int i = 0; i < inner.length; i++) expected[i + 1] = inner[i];
        expected[inner.length + 1] = 2;
        assertArrayEquals(expected, WORDS.numbers(text, 256));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
