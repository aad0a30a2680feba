package ai.chela.memory.fact;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a sentence becomes when its value is corrected. In this order, and never by guessing:
 *
 * <ol>
 *   <li>the value is a sentence about the same thing: it takes the old one's place;
 *   <li>the old sentence has exactly one place where its value stands (after <em>is</em>, <em>=</em>, <em>:</em>, 是, 为,
 *       ...), with no second clause behind it: the value is replaced there;
 *   <li>exactly one word of the old sentence is built like the value ({@code db-17}, {@code db-18}): it is replaced;
 *   <li>otherwise the old sentence is kept and the correction is written behind it, for a person to read.
 * </ol>
 */
public final class Correction {
    private static final Pattern ENGLISH = Pattern.compile(
            "(?i)\\s(?:is called|is named|will be|lives (?:in|at)|runs on|starts at|costs|equals|uses|is|are|was|were)\\s"
                    + "|\\s*(?:=|->|→)\\s*|:\\s");
    private static final Pattern CHINESE =
            Pattern.compile("位于|定在|安排在|放在|住在|设在|改为|改成|等于|叫做|叫|是|为|：|\\s*(?:=|->|→)\\s*|:\\s*(?!\\d|//)");

    /** Words that hold 是, 为 or 叫 and do not part a thing from its value. */
    private static final Pattern NOT_A_COPULA =
            Pattern.compile("是否|但是|还是|于是|可是|总是|凡是|只是|不是|要是|因为|为了|作为|认为|成为|以为|行为|为什么|为何|呼叫");

    private static final Pattern LEAD_IN = Pattern.compile(
            "(?i)^(?:no[,，]?\\s+)?(?:(?:it|that|this)(?:\\s+(?:is|was|should be)|'s|’s)|应该是|应为|而是|改成|改为|是)\\s*");
    private static final Pattern CLAUSE =
            Pattern.compile("[,;，；、]|[.!?。！？](?=.)|\\n|\\s(?:and|but|because|then|if)\\s");
    private static final Pattern END = Pattern.compile("[\\s.!?。！？]+$");
    private static final Pattern NOTED =
            Pattern.compile("^(?<old>.*?)(?: \\(corrected: .*\\)|（更正：.*）)$", Pattern.DOTALL);
    private static final Pattern PREPOSITION = Pattern.compile("(?i)^(on|at|in|from|by|to|every)\\s+");
    private static final Set<String> EMPTY_WORDS =
            Set.of("the", "a", "an", "our", "my", "is", "it", "that", "this", "of");

    private Correction() {}

    /** The new sentence; equal to {@code old} when the value says the same. */
    public static String apply(String old, String value) {
        String said =
                END.matcher(LEAD_IN.matcher(value.strip()).replaceFirst("")).replaceFirst("");
        if (said.isBlank()) said = value.strip();
        if (isSentenceAbout(old, said)) return said + ending(old);
        Matcher noted = NOTED.matcher(old);
        String base = noted.matches() ? noted.group("old") : old;
        String replaced = noted.matches() ? null : replacedValue(base, said);
        if (replaced == null && !noted.matches()) replaced = replacedWord(base, said);
        return replaced != null ? replaced : noted(base, said);
    }

    private static String noted(String old, String value) {
        return Sentence.chinese(old) ? old + "（更正：" + value + "）" : old + " (corrected: " + value + ")";
    }

    private static @Nullable String replacedValue(String old, String value) {
        Place place = valuePlace(old);
        if (place == null) return null;
        String behind = old.substring(place.end());
        int begin = place.end() + behind.length() - behind.stripLeading().length();
        String before = old.substring(0, begin);
        String oldValue = END.matcher(old.substring(begin)).replaceFirst("");
        if (oldValue.isBlank() || CLAUSE.matcher(oldValue).find()) return null;
        if (valuePlace(value) != null) return null;
        return before + withPreposition(oldValue, value) + ending(old);
    }

    /** "on Friday" corrected with "Monday" stays "on Monday"; with a value of another kind the preposition goes. */
    private static String withPreposition(String oldValue, String value) {
        Matcher matcher = PREPOSITION.matcher(oldValue);
        if (!matcher.find() || PREPOSITION.matcher(value).find()) return value;
        char before = oldValue.charAt(matcher.end());
        char now = value.charAt(0);
        boolean alike = Character.isDigit(before) == Character.isDigit(now)
                && Character.isUpperCase(before) == Character.isUpperCase(now);
        return alike ? matcher.group() + value : value;
    }

    /**
     * A sentence taken apart.
     *
     * @param subject before the place where the value stands
     * @param value without a final point
     */
    record Parts(String subject, String value) {}

    /** Null when there is not exactly one place where a value stands, or more than the value behind it. */
    static @Nullable Parts parts(String text) {
        String said = text.strip();
        Place place = valuePlace(said);
        if (place == null) return null;
        String subject = said.substring(0, place.start()).strip();
        String value = END.matcher(said.substring(place.end())).replaceFirst("").strip();
        boolean plain = !value.isEmpty()
                && !CLAUSE.matcher(value).find()
                && !CLAUSE.matcher(subject).find();
        return plain ? new Parts(subject, value) : null;
    }

    private record Place(int start, int end) {}

    /** Where the value starts, when there is exactly one such place. */
    private static @Nullable Place valuePlace(String text) {
        Place found = null;
        Matcher matcher = (Sentence.chinese(text) ? CHINESE : ENGLISH).matcher(masked(text));
        while (matcher.find()) {
            if (found != null) return null;
            found = new Place(matcher.start(), matcher.end());
        }
        return found == null || found.start() == 0 ? null : found;
    }

    private static String masked(String text) {
        return NOT_A_COPULA
                .matcher(text)
                .replaceAll(match -> "#".repeat(match.group().length()));
    }

    private static @Nullable String replacedWord(String old, String value) {
        String form = form(value);
        if (value.matches(".*\\s.*") || !form.contains("#") || form.chars().noneMatch(Character::isLetter)) return null;
        String found = null;
        for (String word : old.split("[\\s,;，；。：]+")) {
            if (!form(END.matcher(word).replaceFirst("")).equals(form)) continue;
            if (found != null) return null;
            found = END.matcher(word).replaceFirst("");
        }
        return found == null || old.indexOf(found) != old.lastIndexOf(found) ? null : old.replace(found, value);
    }

    /** {@code db-17} and {@code db-18} are built alike: {@code db-#}. */
    private static String form(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("\\d+", "#");
    }

    private static boolean isSentenceAbout(String old, String value) {
        Place place = valuePlace(value);
        if (place == null || place.end() >= value.length()) return false;
        Set<String> subject = words(value.substring(0, place.start()));
        Place oldPlace = valuePlace(old);
        Set<String> about = words(oldPlace == null ? old : old.substring(0, oldPlace.start()));
        return subject.stream().anyMatch(about::contains);
    }

    /** Words, and pairs of Chinese characters. */
    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>(List.of(Sentence.normalized(text).split("[^\\p{L}\\p{N}-]+")));
        words.removeAll(EMPTY_WORDS);
        words.remove("");
        if (!Sentence.chinese(text)) return words;
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 2 <= text.length(); i++) pairs.add(text.substring(i, i + 2));
        return pairs;
    }

    private static String ending(String old) {
        Matcher matcher = Pattern.compile("[.。!！]$").matcher(old.strip());
        return matcher.find() ? matcher.group() : "";
    }
}
