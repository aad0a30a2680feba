package ai.chela.memory.fact;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a sentence says, without what makes no difference. Its words keep their order: "Ann reports to Bob" is not "Bob
 * reports to Ann". Nearness in meaning would not do here: db-17 and db-18 are as near as two sentences can be.
 */
public final class Gist {
    private static final Set<String> EMPTY = Set.of("the", "a", "an", "our", "that", "please", "note");

    private Gist() {}

    /** The same text for sentences that say the same. */
    public static String of(String text) {
        String plain = Sentence.normalized(text).toLowerCase(Locale.ROOT);
        if (Sentence.chinese(plain)) return plain.replaceAll("[\\s\\p{P}]+", "").replaceFirst("^我们的?", "");
        List<String> words = Stream.of(plain.split("[\\s,;!?\"“”]+"))
                .filter(word -> !word.isEmpty() && !EMPTY.contains(word))
                .toList();
        return words.stream().collect(Collectors.joining(" "));
    }
}
