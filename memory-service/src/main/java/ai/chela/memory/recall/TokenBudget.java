package ai.chela.memory.recall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an answer within about so many tokens of a language model. Which model will read it is not known here, so tokens are
 * estimated as most tokenizers come out: a Chinese character is one, four other characters are one, and each memory has some more for
 * who said it and when.
 */
final class TokenBudget {
    private static final int FOR_PROVENANCE = 16;
    private static final int CHARACTERS_A_TOKEN = 4;

    private TokenBudget() {}

    /**
     * The best that fit, in their order: one that is too long is passed over, and a shorter one behind it may still fit. The first
     * is there in any case.
     *
     * @param most null for no limit
     */
    static List<Hit> within(@Nullable Integer most, List<Hit> hits) {
        if (most == null) return hits;
        List<Hit> fitting = new ArrayList<>();
        int left = most;
        for (Hit hit : hits) {
            int tokens = tokens(hit.fact().text()) + FOR_PROVENANCE;
            if (!fitting.isEmpty() && tokens > left) continue;
            fitting.add(hit);
            left -= tokens;
        }
        return List.copyOf(fitting);
    }

    static int tokens(String text) {
        int han = (int) text.codePoints()
                .filter(each -> Character.UnicodeScript.of(each) == Character.UnicodeScript.HAN)
                .count();
        int others = text.codePointCount(0, text.length()) - han;
        return han + (others + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN;
    }
}
