package ai.chela.memory.fact;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What can be said of a sentence before it is stored. */
public final class Sentence {
    private static final Pattern ENDS = Pattern.compile("(?<![\\s.!?。！？])[\\s.!?。！？]++$");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Sentence() {}

    /** The form in which two sentences are the same: width, case, spaces and the final point make no difference. */
    public static String normalized(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        return SPACES.matcher(ENDS.matcher(plain).replaceFirst("")).replaceAll(" ");
    }

    /** Whether it can be shown again as it is: no control characters but line ends and tabs, no broken characters. */
    public static boolean readable(String text) {
        return text.codePoints().noneMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\r' && c != '\t';
            case Character.SURROGATE -> true;
            default -> false;
        });
    }

    /** Whether it is written in Chinese characters, at least partly. */
    public static boolean chinese(String text) {
        return text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }
}
