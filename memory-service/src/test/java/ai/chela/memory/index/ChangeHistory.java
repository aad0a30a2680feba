package ai.chela.memory.index;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.fact.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The changes of one scope as the database would tell them: the same ones for the same seed, in every process. */
final class ChangeHistory {
    static final Place PLACE = new Place("killed", new Scope.Tenant());

    /** Every memory has this word, and one that no other has. */
    static final String COMMON = "crate";

    private final long seed;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> live = new ArrayList<>();
    private final Map<String, Long> goneAt = new HashMap<>();

    ChangeHistory(long seed) {
        this.seed = seed;
    }

    private Step at(long number) {
        while (steps.size() < number) {
            long next = steps.size() + 1;
            Random random = new Random(seed * 1_000_003 + next);
            if (live.size() > 20 && random.nextInt(4) == 0) {
                String id = live.remove(random.nextInt(live.size()));
                goneAt.put(id, next);
                steps.add(new Step.Gone(next, id));
            } else {
                String id = Ids.derive("fact", seed, next);
                live.add(id);
                steps.add(new Step.Put(next, new Entry(id, Map.of(COMMON, 1, word(id), 1, "box" + next % 17, 1))));
            }
        }
        return steps.get((int) number - 1);
    }

    static String word(String id) {
        return Ids.derive("word", id);
    }

    static float[] vector(String id) {
        return MemoryIndexConformance.vector(id);
    }

    /** What the database tells of the time after a number: rows of what is forgotten by now are not there any more. */
    List<Step> since(long reached, long head) {
        at(Math.max(1, head));
        List<Step> told = new ArrayList<>();
        for (long number = reached + 1; number <= head; number++)
            switch (at(number)) {
                case Step.Put put when !gone(put.entry().id(), head) -> told.add(put);
                case Step.Put _ -> {}
                case Step.Gone gone when reached > 0 -> told.add(gone);
                case Step.Gone _ -> {}
            }
        return told;
    }

    private boolean gone(String id, long head) {
        return goneAt.getOrDefault(id, Long.MAX_VALUE) <= head;
    }

    /** Ids that hold at that moment, in the order in which they were told. */
    List<String> current(long head) {
        List<String> ids = new ArrayList<>();
        for (Step step : since(0, head)) if (step instanceof Step.Put(long _, Entry entry)) ids.add(entry.id());
        return ids;
    }

    /** Ids that were forgotten until then. */
    List<String> forgotten(long head) {
        List<String> ids = new ArrayList<>();
        for (long number = 1; number <= head; number++)
            if (at(number) instanceof Step.Gone(long _, String id)) ids.add(id);
        return ids;
    }
}
