package ai.chela.agent.planner.grammar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form that took every word of a stretch of a message.
 *
 * @param slots value of each slot, in the order in which they were said
 * @param free number of tokens that free text took
 * @param texts where the free text stands
 */
public record Match(Form form, Map<String, Object> slots, int free, List<Span> texts) {
    /** A stretch of free text. */
    public record Span(int from, int to) {}

    static Match accepted(Form form) {
        return new Match(form, Map.of(), 0, List.of());
    }

    /** This match with a slot before what it has. */
    Match with(String name, Object value, int freeTokens, int from, int to) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(name, value);
        all.putAll(slots);
        if (freeTokens == 0) return new Match(form, all, free, texts);
        List<Span> spans = new java.util.ArrayList<>(texts);
        spans.add(new Span(from, to));
        return new Match(form, all, free + freeTokens, List.copyOf(spans));
    }
}
