package ai.chela.memory.index;

import java.util.Map;

/**
 * What an index learns of one version of a memory: never its sentences, only what it can be found by.
 *
 * @param id of the version, 32 hex digits; another version of the same memory has another one
 * @param terms what the tokenizer made of its text, and how often each occurs (at least once); may be empty
 */
public record Entry(String id, Map<String, Integer> terms) {
    public Entry {
        if (id.length() != 32) throw new IllegalArgumentException("id: 32 hex digits");
        terms = Map.copyOf(terms);
    }

    /** How many terms the text has, repeated ones included. */
    public int length() {
        return terms.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Terms are content. */
    @Override
    public String toString() {
        return "Entry[" + id + "]";
    }
}
