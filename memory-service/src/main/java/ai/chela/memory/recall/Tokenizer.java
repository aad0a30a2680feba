package ai.chela.memory.recall;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads text in English, Chinese, or both at once. The same text always gives the same terms. */
final class Tokenizer {
    private static final double WEAK = 0.3;
    private static final double CHARACTER = 0.5;
    private static final double LIGHT_CHARACTER = 0.1;

    /** A run of Chinese characters; or a word, in which a name like db-17, v1.2 or a@b.c stays whole. */
    private static final Pattern RUN = Pattern.compile(
            "(?<han>\\p{IsHan}+)|(?<word>[\\p{L}\\p{N}&&[^\\p{IsHan}]]+(?:[-_./@:'’][\\p{L}\\p{N}&&[^\\p{IsHan}]]+)*)");

    private static final Pattern POSSESSIVE = Pattern.compile("['’]s$");
    private static final Pattern JOINERS = Pattern.compile("[-_'’]");
    private static final Pattern PARTS = Pattern.compile("[-_./@:'’]+");

    private Tokenizer() {}

    /** Full and half width, case, and compatibility forms make no difference. */
    static String normalized(String text) {
        return English.joined(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    }

    /** The terms of a text that was {@linkplain #normalized normalised}, in order. */
    static List<Term> terms(String normalized) {
        List<Term> terms = new ArrayList<>();
        Matcher runs = RUN.matcher(normalized);
        while (runs.find()) {
            if (runs.group("han") != null) addCharacters(runs.group("han"), terms);
            else addWords(runs.group("word"), terms);
        }
        return terms;
    }

    /** Everything that a text can be found by. */
    static Set<String> keys(List<Term> terms) {
        Set<String> keys = new HashSet<>();
        for (Term term : terms) {
            keys.add(term.key());
            keys.addAll(term.pairs());
        }
        return keys;
    }

    private static void addWords(String run, List<Term> terms) {
        String word = POSSESSIVE.matcher(run).replaceFirst("");
        if (word.chars().anyMatch(Character::isDigit)) {
            terms.add(new Term(English.stem(JOINERS.matcher(word).replaceAll("")), List.of(), 1));
            return;
        }
        for (String part : PARTS.split(word)) {
            if (English.isStop(part)) continue;
            String stem = English.stem(part);
            terms.add(new Term(stem, List.of(), English.isWeak(part) || English.isWeak(stem) ? WEAK : 1));
        }
    }

    private static void addCharacters(String run, List<Term> terms) {
        int start = 0;
        for (int at = 0; at < run.length(); ) {
            int kept = Chinese.keptAt(run, at);
            int stop = kept > 0 ? 0 : Chinese.stopAt(run, at);
            if (stop > 0) {
                addSegment(run.substring(start, at), terms);
                start = at + stop;
            }
            at += Math.max(1, Math.max(kept, stop));
        }
        addSegment(run.substring(start), terms);
    }

    private static void addSegment(String segment, List<Term> terms) {
        int[] characters = segment.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            List<String> pairs = new ArrayList<>(2);
            if (i > 0) pairs.add(new String(characters, i - 1, 2));
            if (i + 1 < characters.length) pairs.add(new String(characters, i, 2));
            String key = Character.toString(characters[i]);
            terms.add(new Term(key, List.copyOf(pairs), Chinese.isLight(key) ? LIGHT_CHARACTER : CHARACTER));
        }
    }
}
