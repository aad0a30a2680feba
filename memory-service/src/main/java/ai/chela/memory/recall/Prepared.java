package ai.chela.memory.recall;

import ai.chela.memory.fact.Fact;
import ai.chela.memory.index.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fact, decrypted and read: all that is needed to tell how well it answers a question.
 *
 * @param passages its sentences
 * @param counts in how many of them each key is
 * @param length of all, in keys
 */
record Prepared(Fact fact, List<Passage> passages, Map<String, Integer> counts, int length) {
    static Prepared of(Fact fact) {
        List<Passage> passages = Passage.of(fact.text(), fact.saidBy());
        Map<String, Integer> counts = new HashMap<>();
        for (Passage passage : passages) for (String key : passage.keys()) counts.merge(key, 1, Integer::sum);
        int length = counts.values().stream().mapToInt(Integer::intValue).sum();
        return new Prepared(fact, passages, Map.copyOf(counts), length);
    }

    /** What an index learns of it. */
    Entry entry() {
        return new Entry(fact.id(), counts);
    }

    /** Estimated size in memory: text, keys in passages, and counts. */
    long bytes() {
        return 400L + 4L * fact.text().length() + 160L * counts.size();
    }

    @Override
    public String toString() {
        return "Prepared[" + fact.id() + "]";
    }
}
