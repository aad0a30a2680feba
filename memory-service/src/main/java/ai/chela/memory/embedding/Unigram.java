package ai.chela.memory.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The tokenizer of models for many languages (XLM-RoBERTa and its like): of all ways to cut a text into known pieces the
 * likeliest, by SentencePiece's Unigram. Texts are normalised by NFKC, of which SentencePiece's own table is nearly a copy;
 * words are marked by {@code ▁} in front.
 */
final class Unigram implements Tokenizer {
    private static final char SPACE = '▁';

    /** A piece is rarely longer; the search for pieces stops there. */
    private static final int LONGEST_PIECE = 32;

    /** What SentencePiece takes off the worst score for a character that it does not know. */
    private static final double UNKNOWN_PENALTY = 10;

    /** A text is cut to this much per number that is asked for: pieces of the longest are rare. */
    private static final int CHARACTERS_TO_A_NUMBER = 16;

    private record Piece(int number, double score) {}

    private final Map<String, Piece> pieces;
    private final int start;
    private final int end;
    private final int unknown;
    private final double unknownScore;

    private Unigram(Map<String, Piece> pieces, int start, int end, int unknown) {
        this.pieces = pieces;
        this.start = start;
        this.end = end;
        this.unknown = unknown;
        this.unknownScore =
                pieces.values().stream().mapToDouble(Piece::score).min().orElse(0) - UNKNOWN_PENALTY;
    }

    /**
     * Reads a Hugging Face {@code tokenizer.json}.
     *
     * @throws IllegalArgumentException when something is missing
     */
    static Unigram of(JsonNode root) {
        JsonNode vocabulary = root.path("model").path("vocab");
        Map<String, Piece> pieces = HashMap.newHashMap(vocabulary.size());
        for (int i = 0; i < vocabulary.size(); i++)
            pieces.put(
                    vocabulary.get(i).path(0).asText(),
                    new Piece(i, vocabulary.get(i).path(1).asDouble()));
        return new Unigram(
                pieces,
                special(root, pieces, "<s>"),
                special(root, pieces, "</s>"),
                root.path("model").path("unk_id").asInt(special(root, pieces, "<unk>")));
    }

    private static int special(JsonNode root, Map<String, Piece> pieces, String name) {
        for (JsonNode added : root.path("added_tokens"))
            if (added.path("content").asText().equals(name))
                return added.path("id").asInt();
        Piece piece = pieces.get(name);
        if (piece == null) throw new IllegalArgumentException("a vocabulary without " + name);
        return piece.number();
    }

    @Override
    public long[] numbers(String text, int most) {
        String read = normalized(text.substring(0, Math.min(text.length(), most * CHARACTERS_TO_A_NUMBER)));
        int[] cut = cut(read);
        int inner = Math.min(cut.length, most - 2);
        long[] numbers = new long[inner + 2];
        numbers[0] = start;
        for (int i = 0; i < inner; i++) numbers[i + 1] = cut[i];
        numbers[inner + 1] = end;
        return numbers;
    }

    /** Every run of white space is one mark, and one stands before the first word. */
    private static String normalized(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        StringBuilder marked = new StringBuilder(plain.length() + 1);
        boolean space = true;
        for (int i = 0; i < plain.length(); ) {
            int point = plain.codePointAt(i);
            i += Character.charCount(point);
            boolean blank = Character.isWhitespace(point) || Character.isSpaceChar(point);
            if (!blank && isNothing(point)) continue;
            if (!blank) {
                if (space) marked.append(SPACE);
                marked.appendCodePoint(point);
            }
            space = blank;
        }
        return marked.toString();
    }

    private static boolean isNothing(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.SURROGATE || point == 0xFFFD;
    }

    /** The best way to each place, from left to right, then read back from the end. */
    private int[] cut(String text) {
        int length = text.length();
        double[] best = new double[length + 1];
        int[] from = new int[length + 1];
        int[] number = new int[length + 1];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        best[0] = 0;
        for (int at = 0; at < length; at += Character.charCount(text.codePointAt(at)))
            reach(text, at, best, from, number);
        int[] backwards = new int[length];
        int count = 0;
        for (int at = length; at > 0; at = from[at])
            // several characters in a row that are not known are one unknown
            if (number[at] != unknown || count == 0 || backwards[count - 1] != unknown) backwards[count++] = number[at];
        int[] forwards = new int[count];
        for (int i = 0; i < count; i++) forwards[i] = backwards[count - 1 - i];
        return forwards;
    }

    private void reach(String text, int at, double[] best, int[] from, int[] number) {
        int one = at + Character.charCount(text.codePointAt(at));
        boolean known = false;
        for (int to = one; to <= Math.min(text.length(), at + LONGEST_PIECE); to++) {
            Piece piece = pieces.get(text.substring(at, to));
            if (piece == null) continue;
            known |= to == one;
            offer(at, to, best[at] + piece.score(), piece.number(), best, from, number);
        }
        if (!known) offer(at, one, best[at] + unknownScore, unknown, best, from, number);
    }

    private static void offer(int at, int to, double score, int piece, double[] best, int[] from, int[] number) {
        if (score <= best[to]) return;
        best[to] = score;
        from[to] = at;
        number[to] = piece;
    }
}
