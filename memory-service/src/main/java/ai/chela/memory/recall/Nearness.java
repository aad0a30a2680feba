package ai.chela.memory.recall;

import java.util.List;

/** How near the facts of one scope are in meaning to one question. */
interface Nearness {
    /** Where there are no vectors: nothing is known to be near. */
    Nearness UNKNOWN = new Nearness() {
        @Override
        public List<String> nearest(int limit) {
            return List.of();
        }

        @Override
        public float cosine(String id) {
            return Float.NaN;
        }
    };

    /** Ids of the nearest facts, best first. */
    List<String> nearest(int limit);

    /** From -1 to 1; {@code NaN} for a fact without a vector that could be compared. */
    float cosine(String id);
}
