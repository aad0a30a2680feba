package ai.chela.memory.recall;

import java.util.List;
import java.util.Set;

/**
 * One thing that a text speaks of: an English word, or a Chinese character together with its neighbours.
 *
 * @param key the word's stem, or the character
 * @param pairs the pairs of neighbouring characters that it is part of; empty for words and for a character alone
 * @param weight how much it says by itself: 1 for a word, 0.5 for a character (a Chinese word has two), less for words
 *     that go with anything
 */
record Term(String key, List<String> pairs, double weight) {
    /** A character that is there, but never beside the same neighbour, is hardly a sign. */
    private static final double CHARACTER_ALONE = 0.25;

    /** How well a text with these keys speaks of it, from 0 to 1. */
    double foundIn(Set<String> keys) {
        for (String pair : pairs) if (keys.contains(pair)) return 1;
        if (!keys.contains(key)) return 0;
        return pairs.isEmpty() ? 1 : CHARACTER_ALONE;
    }
}
