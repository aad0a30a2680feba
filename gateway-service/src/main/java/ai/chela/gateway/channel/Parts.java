package ai.chela.gateway.channel;

import java.util.ArrayList;
import java.util.List;

/** Cuts long text into messages. */
public final class Parts {
    private Parts() {}

    /** Pieces of at most {@code max} UTF-16 units, cut after a line or a word where there is one in the second half. */
    public static List<String> of(String text, int max) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (rest.length() > max) {
            int at = cut(rest, max);
            parts.add(rest.substring(0, at).stripTrailing());
            rest = rest.substring(at).stripLeading();
        }
        if (!rest.isBlank() || parts.isEmpty()) parts.add(rest);
        return parts;
    }

    private static int cut(String text, int max) {
        int line = text.lastIndexOf('\n', max - 1);
        if (line >= max / 2) return line + 1;
        int word = text.lastIndexOf(' ', max - 1);
        if (word >= max / 2) return word + 1;
        return Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    }
}
