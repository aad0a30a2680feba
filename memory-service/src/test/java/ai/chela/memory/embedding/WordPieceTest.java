package ai.chela.memory.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The numbers are those of Hugging Face's own tokenizer for the same files. */
class WordPieceTest {
    private static final WordPiece ENGLISH = read("bge-small-en-v1.5-q");
    private static final WordPiece CHINESE = read("bge-small-zh-v1.5-q");

    @Test
    void words_and_numbers_are_cut_into_their_longest_pieces() {
        assertNumbers(ENGLISH, "the staging database is db-17", 1996, 15308, 7809, 2003, 16962, 1011, 2459);
        assertNumbers(
                ENGLISH,
                "unbelievablyantidisestablishment",
                4895,
                8671,
                2666,
                3567,
                6321,
                4630,
                28173,
                8583,
                2696,
                16558,
                21808);
    }

    @Test
    void accents_case_and_punctuation_are_as_the_model_learned_them() {
        assertNumbers(
                ENGLISH,
                "Café naïve: can't e-mail a@b.c!",
                7668,
                15743,
                1024,
                2064,
                1005,
                1056,
                1041,
                1011,
                5653,
                1037,
                1030,
                1038,
                1012,
                1039,
                999);
        assertNumbers(ENGLISH, "x€y → ok ①", 1060, 30102, 2100, 1585, 7929, 100);
    }

    @Test
    void chinese_is_read_by_characters() {
        assertNumbers(
                CHINESE, "生产发布窗口是周四晚上十点", 4495, 772, 1355, 2357, 4970, 1366, 3221, 1453, 1724, 3241, 677, 1282, 4157);
        assertNumbers(
                CHINESE, "vpn网关是 vpn.example.com", 9358, 5381, 1068, 3221, 9358, 119, 9577, 8608, 10383, 119, 8134);
    }

    @Test
    void what_cannot_be_seen_is_not_read() {
        assertNumbers(ENGLISH, "a\u0000b\u200bc\td", 5925, 1040);
        assertNumbers(CHINESE, "😀 fine", 100, 8533, 8354);
    }

    @Test
    void full_width_letters_are_letters() {
        assertArrayEquals(ENGLISH.numbers("VPN 17", 64), ENGLISH.numbers("ＶＰＮ １７", 64));
        assertArrayEquals(CHINESE.numbers("vpn网关", 64), CHINESE.numbers("VPN网关", 64));
    }

    @Test
    void a_text_of_any_length_is_cut() {
        assertEquals(16, ENGLISH.numbers("database ".repeat(10_000), 16).length);
        assertEquals(3, ENGLISH.numbers("x".repeat(100_000), 16).length);
        assertEquals(2, ENGLISH.numbers("database", 2).length);
        assertEquals(2, ENGLISH.numbers("", 16).length);
    }

    private static void assertNumbers(WordPiece words, String text, int... inner) {
        long[] expected = new long[inner.length + 2];
        expected[0] = 101;
        for (int i = 0; i < inner.length; i++) expected[i + 1] = inner[i];
        expected[inner.length + 1] = 102;
        assertArrayEquals(expected, words.numbers(text, 256));
    }

    private static WordPiece read(String name) {
        try (InputStream file =
                Objects.requireNonNull(WordPieceTest.class.getResourceAsStream("/" + name + "-tokenizer.json"))) {
            return WordPiece.read(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
