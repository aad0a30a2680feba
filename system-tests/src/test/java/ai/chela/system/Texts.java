package ai.chela.system;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What replies say. */
final class Texts {
    private Texts() {}

    static void assertSays(String text, String... parts) {
        for (String part : parts) assertTrue(text.contains(part), () -> "\"" + part + "\" is not in: " + text);
    }

    static void assertDoesNotSay(String text, String... parts) {
        for (String part : parts) assertFalse(text.contains(part), () -> "\"" + part + "\" is in: " + text);
    }

    /** The first handle of this kind that a reply names: t for triggers, w for watches, m for memories. */
    static String handle(String text, String kind) {
        Matcher matcher = Pattern.compile("\\b" + kind + "-\\d+").matcher(text);
        assertTrue(matcher.find(), () -> "no " + kind + "-handle in: " + text);
        return matcher.group();
    }

    /** How many lines begin with a dash: the items of a list. */
    static long items(String text) {
        return text.lines().filter(line -> line.startsWith("- ")).count();
    }
}
