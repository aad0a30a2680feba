package ai.chela.agent.planner.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a message into tokens in one pass. */
final class Tokenizer {
    private static final String OPENING = "\"“「『`";
    private static final String CLOSING = "\"”」』`";

    private Tokenizer() {}

    static List<Token> tokens(String source) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        int previousEnd = -1;
        char closing = 0;
        int[] lastOf = lastClosings(source);
        while (at < source.length()) {
            int point = source.codePointAt(at);
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                at += Character.charCount(point);
                continue;
            }
            Token.Kind kind = kind(source, at, point);
            int end = end(source, at, kind);
            boolean quoted = closing != 0;
            if (kind == Token.Kind.SYMBOL) {
                char mark = (char) point;
                if (closing != 0 && mark == closing) closing = 0;
                else if (closing == 0 && OPENING.indexOf(mark) >= 0 && point < 0x10000)
                    closing = closingOf(lastOf, mark, end);
            }
            tokens.add(new Token(
                    normal(source.substring(at, end)), kind, at, end, previousEnd == at, quoted && closing != 0));
            previousEnd = end;
            at = end;
        }
        return List.copyOf(tokens);
    }

    /** A quotation mark that is never closed opens nothing. */
    private static char closingOf(int[] lastOf, char opening, int from) {
        char closing = CLOSING.charAt(OPENING.indexOf(opening));
        return lastOf[CLOSING.indexOf(closing)] >= from ? closing : 0;
    }

    /** Where each closing mark stands last, so that looking one up costs nothing however many are opened. */
    private static int[] lastClosings(String source) {
        int[] last = new int[CLOSING.length()];
        for (int i = 0; i < last.length; i++) last[i] = source.lastIndexOf(CLOSING.charAt(i));
        return last;
    }

    private static Token.Kind kind(String source, int at, int point) {
        if (source.regionMatches(true, at, "http://", 0, 7) || source.regionMatches(true, at, "https://", 0, 8))
            return Token.Kind.URL;
        if (Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN) return Token.Kind.HAN;
        if (isDigit(point)) return Token.Kind.NUMBER;
        if (Character.isLetter(point)) return Token.Kind.WORD;
        return Token.Kind.SYMBOL;
    }

    private static int end(String source, int at, Token.Kind kind) {
        int end = at + Character.charCount(source.codePointAt(at));
        return switch (kind) {
            case HAN, SYMBOL -> end;
            case NUMBER -> numberEnd(source, end);
            case WORD -> wordEnd(source, end);
            case URL -> urlEnd(source, end);
        };
    }

    private static int numberEnd(String source, int from) {
        int end = from;
        while (end < source.length() && isDigit(source.charAt(end))) end++;
        return end;
    }

    private static int wordEnd(String source, int from) {
        int end = from;
        while (end < source.length()) {
            int point = source.codePointAt(end);
            boolean inner = (point == '\'' || point == '’')
                    && end + 1 < source.length()
                    && Character.isLetter(source.charAt(end + 1));
            boolean letter =
                    Character.isLetter(point) && Character.UnicodeScript.of(point) != Character.UnicodeScript.HAN;
            if (!letter && !inner && Character.getType(point) != Character.NON_SPACING_MARK) return end;
            end += Character.charCount(point);
        }
        return end;
    }

    private static int urlEnd(String source, int from) {
        int end = from;
        while (end < source.length()
                && source.charAt(end) > ' '
                && source.charAt(end) < 0x7f
                && "\"<>`".indexOf(source.charAt(end)) < 0) end++;
        while (end > from && ".,;:!?)'".indexOf(source.charAt(end - 1)) >= 0) end--;
        return end;
    }

    private static boolean isDigit(int point) {
        return point >= '0' && point <= '9' || point >= '０' && point <= '９';
    }

    private static String normal(String text) {
        StringBuilder normal = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '！' && c <= '～') c = (char) (c - '！' + '!');
            else if (c == '’' || c == '‘') c = '\'';
            else if (c == '“' || c == '”') c = '"';
            else if (c == '。') c = '.';
            normal.append(c);
        }
        return normal.toString().toLowerCase(Locale.ROOT);
    }
}
