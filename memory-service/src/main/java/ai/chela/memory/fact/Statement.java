package ai.chela.memory.fact;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence that gives a value to something: "the staging database is db-17". Two that give different values of the same
 * kind to the same thing contradict each other; "is backed up at night" is no value, and contradicts nothing.
 *
 * @param subject what it is about, in a form that is the same however it is written
 * @param value as it was said
 */
public record Statement(String subject, String value, Kind kind) {
    /** What a value is; OTHER is whatever has no form of its own. */
    public enum Kind {
        /** A word with a digit in it: {@code db-17}, {@code v2.1}. */
        IDENTIFIER,
        NUMBER,
        /** A day, a date or a time. */
        TIME,
        ADDRESS,
        /** Who or what, by name: it can have several. */
        NAME,
        OTHER;

        /** Whether a thing has one at a time, so that a newer one takes the place of an older. */
        public boolean single() {
            return switch (this) {
                case IDENTIFIER, NUMBER, TIME, ADDRESS -> true;
                case NAME, OTHER -> false;
            };
        }
    }

    private static final Pattern ADDRESS =
            Pattern.compile("(?i)\\S+@\\S+|https?://\\S+|(?:[a-z0-9-]+\\.)+[a-z]{2,}(?::\\d+)?(?:/\\S*)?");
    private static final Pattern NUMBER = Pattern.compile(
            "(?i)(?:about |约|大约)?[€$£¥]?\\s*\\d[\\d.,]*\\s*(?:%|€|[a-z]{1,10}|个|人|元|块|美元|台|次|天|小时|分钟|公里|kg)?");
    private static final String DAY_EN =
            "(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december|noon|midnight";
    /** One word of a time; the words are told apart first, so that no text makes the matching slow. */
    private static final Pattern TIME_PART =
            Pattern.compile("(?i)on|at|in|every|the|from|to|until|till|and|am|pm|o'clock|" + DAY_EN
                    + "|\\d{1,4}(?:[:./]\\d{1,4}){0,2}(?:am|pm|st|nd|rd|th)?");

    private static final Pattern BETWEEN = Pattern.compile("[\\s,–-]+");
    private static final Pattern TIME_WORD =
            Pattern.compile("(?i).*(?:" + DAY_EN + "|\\d:\\d{2}|\\d ?[ap]m\\b|\\d{4}-\\d).*");
    private static final Pattern TIME_ZH = Pattern.compile(
            "(?:每|每个|下|本|上|这)?(?:周|星期|礼拜)[一二三四五六日天].*|.*(?:月[\\d一二三四五六七八九十]+[日号]|[\\d一二三四五六七八九十两]点|\\d:\\d{2}).*");
    private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}\\p{N}._:/#-]*\\p{N}[\\p{L}\\p{N}._:/#-]*");
    private static final Pattern NAME = Pattern.compile("\\p{Lu}[\\p{L}'’.-]*(?: \\p{Lu}[\\p{L}'’.-]*){0,3}");
    private static final Pattern NAME_ZH = Pattern.compile("\\p{IsHan}{2,4}");
    private static final Pattern ARTICLES = Pattern.compile("(?i)\\b(?:the|a|an|our|of)\\b|我们的|我们|的|这个|那个|\\s+");
    private static final Pattern FIRST_PERSON = Pattern.compile("(?i)\\b(?:my|i|me|mine)\\b|我(?!们)");
    private static final Pattern CHINESE_STATE =
            Pattern.compile("(?:好|坏|空|满|关|开|对|错|新|旧|只|可|不|没|正|很|太|最|已|在|用|由).*|.*(?:的|了|着|过)");

    /** Values are short. */
    private static final int LONGEST_VALUE = 80;

    /** And so are sentences that give one; a longer text is not looked at. */
    private static final int LONGEST = 500;

    /**
     * Null when it gives no value to anything, or more than one.
     *
     * @param speaker id of the person who says it: "my desk" is another thing for each
     */
    public static @Nullable Statement of(String text, String speaker) {
        Correction.Parts parts = text.length() > LONGEST ? null : Correction.parts(text);
        if (parts == null || parts.value().length() > LONGEST_VALUE) return null;
        Kind kind = kind(parts.value());
        String subject = subject(parts.subject(), speaker);
        return kind == Kind.OTHER || subject.isBlank() ? null : new Statement(subject, parts.value(), kind);
    }

    /** What a value is. */
    public static Kind kind(String value) {
        String bare = Normalizer.normalize(value, Normalizer.Form.NFKC).strip();
        if (bare.isEmpty()) return Kind.OTHER;
        if (ADDRESS.matcher(bare).matches() && bare.chars().anyMatch(Character::isLetter)) return Kind.ADDRESS;
        if (isTime(bare)) return Kind.TIME;
        if (TIME_ZH.matcher(bare).matches()) return Kind.TIME;
        if (NUMBER.matcher(bare).matches()) return Kind.NUMBER;
        if (IDENTIFIER.matcher(bare).matches()) return Kind.IDENTIFIER;
        if (NAME.matcher(bare).matches()) return Kind.NAME;
        if (NAME_ZH.matcher(bare).matches() && !CHINESE_STATE.matcher(bare).matches()) return Kind.NAME;
        return Kind.OTHER;
    }

    private static boolean isTime(String value) {
        return TIME_WORD.matcher(value).matches()
                && BETWEEN.splitAsStream(value)
                        .allMatch(part -> TIME_PART.matcher(part).matches());
    }

    private static String subject(String said, String speaker) {
        String plain = Normalizer.normalize(said, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String own = FIRST_PERSON.matcher(plain).find() ? speaker + "/" : "";
        String bare = ARTICLES.matcher(plain).replaceAll(" ").strip().replaceAll("\\s+", " ");
        return bare.isEmpty() ? "" : own + bare;
    }

    /** What two statements about the same thing have in common. */
    public String key() {
        return kind + " " + subject;
    }
}
