package ai.chela.memory.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Cuts a text into the numbers that a BERT model reads: cleaned, in lower case, without accents, Chinese characters one by
 * one, and words in the longest pieces of the vocabulary. As the {@code BertNormalizer}, {@code BertPreTokenizer} and
 * {@code WordPiece} of the models' tokenizer files do; the Chinese model's file leaves capitals as they are, for which its
 * vocabulary has no pieces, so they are lowered there too, and letters of full width are read as letters.
 */
final class WordPiece implements Tokenizer {
    private static final int LONGEST_WORD = 100;
    private static final String CONTINUES = "##";

    private final Map<String, Integer> vocabulary;

    /** Whether capitals and accents count: the vocabulary has pieces of its own for them. */
    private final boolean cased;

    private final int unknown;
    private final int start;
    private final int end;

    WordPiece(Map<String, Integer> vocabulary, boolean cased) {
        this.vocabulary = vocabulary;
        this.cased = cased;
        this.unknown = special("[UNK]");
        this.start = special("[CLS]");
        this.end = special("[SEP]");
    }

    /** Reads the {@code tokenizer.json} of a model that comes with Chela; both are without capitals. */
    static WordPiece read(InputStream file) throws IOException {
        return new WordPiece(
                vocabulary(new ObjectMapper().readTree(file).path("model").path("vocab")), false);
    }

    /** Of a Hugging Face {@code tokenizer.json}. */
    static Map<String, Integer> vocabulary(JsonNode words) {
        Map<String, Integer> vocabulary = HashMap.newHashMap(words.size());
        words.properties()
                .forEach(word -> vocabulary.put(word.getKey(), word.getValue().intValue()));
        return vocabulary;
    }

    private int special(String name) {
        Integer number = vocabulary.get(name);
        if (number == null) throw new IllegalArgumentException("a vocabulary without " + name);
        return number;
    }

    @Override
    public long[] numbers(String text, int most) {
        Numbers numbers = new Numbers(most - 1);
        numbers.add(start);
        StringBuilder word = new StringBuilder();
        // a number stands for a character at least, and what is cleaned away is rare
        String read = text.substring(0, Math.min(text.length(), most * LONGEST_WORD));
        for (int i = 0; i < read.length() && !numbers.full(); ) {
            int given = read.codePointAt(i);
            i += Character.charCount(given);
            int point = halfWidth(given);
            if (isNothing(point)) continue;
            boolean alone = isIdeograph(point) || isPunctuation(point);
            if (alone || isBlank(point)) addWord(word, numbers);
            if (alone) addWord(word.appendCodePoint(point), numbers);
            else if (!isBlank(point)) word.appendCodePoint(point);
        }
        addWord(word, numbers);
        return numbers.closed(end);
    }

    private void addWord(StringBuilder collected, Numbers numbers) {
        if (collected.isEmpty()) return;
        String word = cased ? collected.toString() : plain(collected.toString());
        collected.setLength(0);
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            numbers.add(unknown);
            return;
        }
        int before = numbers.size;
        for (int at = 0; at < word.length(); ) {
            int to = word.length();
            Integer piece = null;
            for (; to > at; to--) {
                piece = vocabulary.get(at == 0 ? word.substring(0, to) : CONTINUES + word.substring(at, to));
                if (piece != null) break;
            }
            if (piece == null) {
                numbers.size = before;
                numbers.add(unknown);
                return;
            }
            numbers.add(piece);
            at = to;
        }
    }

    private static String plain(String word) {
        String lower = word.toLowerCase(java.util.Locale.ROOT);
        if (lower.chars().allMatch(c -> c < 128)) return lower;
        String decomposed = Normalizer.normalize(lower, Normalizer.Form.NFD);
        StringBuilder plain = new StringBuilder(decomposed.length());
        decomposed
                .codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Letters and digits only: Chinese punctuation has pieces of its own. */
    private static int halfWidth(int point) {
        int half = point - 0xFEE0;
        return half > 0 && half < 128 && Character.isLetterOrDigit(half) ? half : point;
    }

    private static boolean isNothing(int point) {
        if (isBlank(point)) return false;
        int type = Character.getType(point);
        return point == 0
                || point == 0xFFFD
                || type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE;
    }

    private static boolean isBlank(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || Character.isSpaceChar(point)
                || Character.isWhitespace(point);
    }

    private static boolean isPunctuation(int point) {
        if (point < 128) return point > 32 && point < 127 && !Character.isLetterOrDigit(point);
        return switch (Character.getType(point)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false; // letters, digits, symbols
        };
    }

    /** The CJK blocks that BERT's own tokenizer takes apart; kana and hangul are words to it. */
    private static boolean isIdeograph(int point) {
        return point >= 0x4E00 && point <= 0x9FFF
                || point >= 0x3400 && point <= 0x4DBF
                || point >= 0x20000 && point <= 0x2CEAF
                || point >= 0xF900 && point <= 0xFAFF
                || point >= 0x2F800 && point <= 0x2FA1F;
    }

    /** Collects up to a number; what comes later is dropped. */
    private static final class Numbers {
        private final long[] values;
        private int size;

        /** @param most leaves room for the end */
        Numbers(int most) {
            values = new long[most + 1];
        }

        boolean full() {
            return size >= values.length - 1;
        }

        void add(int value) {
            if (!full()) values[size++] = value;
        }

        long[] closed(int end) {
            values[size] = end;
            return java.util.Arrays.copyOf(values, size + 1);
        }
    }
}
