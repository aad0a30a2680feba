package ai.chela.memory.fact;

import ai.chela.contracts.memory.RecalledFact;
import java.util.ArrayList;
import java.util.List;

/** Keeps messages under the 256 KiB that a payload may have: memories are long at times, and lists hold fifty. */
public final class ThatFit {
    /** UTF-16 units of text in one message; a unit is at most 3 bytes of UTF-8, and JSON escapes are rare. */
    private static final int MOST = 64 * 1024;

    private ThatFit() {}

    /** The first of these that fit together, at least one. */
    public static List<RecalledFact> first(List<RecalledFact> facts) {
        return first(facts, MOST);
    }

    /** As {@link #first(List)}, within fewer characters. */
    public static List<RecalledFact> first(List<RecalledFact> facts, int most) {
        List<RecalledFact> fitting = new ArrayList<>();
        int length = 0;
        for (RecalledFact fact : facts) {
            length += length(fact);
            if (!fitting.isEmpty() && length > most) break;
            fitting.add(fact);
        }
        return List.copyOf(fitting);
    }

    /** All of these, their texts cut where they are too long together. */
    public static List<RecalledFact> all(List<RecalledFact> facts) {
        if (facts.stream().mapToInt(ThatFit::length).sum() <= MOST) return facts;
        int each = Math.max(20, MOST / facts.size());
        return facts.stream().map(fact -> cut(fact, each)).toList();
    }

    private static int length(RecalledFact fact) {
        String corrects = fact.corrects();
        return 300 + fact.text().length() + (corrects == null ? 0 : corrects.length());
    }

    private static RecalledFact cut(RecalledFact fact, int most) {
        String text = fact.text().length() <= most ? fact.text() : fact.text().substring(0, most - 1) + "…";
        return new RecalledFact(
                fact.id(), fact.handle(), text, fact.saidBy(), fact.saidAt(), fact.scope(), fact.score(), null);
    }
}
