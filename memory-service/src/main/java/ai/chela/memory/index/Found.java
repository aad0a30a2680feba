package ai.chela.memory.index;

import ai.chela.memory.fact.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an index answers. How good each candidate is, is not said: whoever asked reads the memories themselves and scores them
 * by one formula for every index, for which it needs the counts.
 *
 * @param candidates each id once, in no promised order
 * @param counts of each scope that was asked for
 */
public record Found(List<Candidate> candidates, Map<Scope, Counts> counts) {
    public Found {
        candidates = List.copyOf(candidates);
        counts = Map.copyOf(counts);
    }

    /**
     * A memory that may answer.
     *
     * @param vector as it was added, of the model of the question's vector; null where there is none, or where the question had
     *     none. Not to be changed
     */
    public record Candidate(String id, Scope scope, float @Nullable [] vector) {}

    /**
     * How common things are in a scope. May be behind by what was removed a short while ago; an index for which counting is dear
     * may estimate.
     *
     * @param facts how many entries there are
     * @param averageLength of an entry, in terms; 0 where there are none
     * @param having for each key of the question that occurs, in how many entries
     * @param vectors how many entries have a vector of the model of the question's vector; 0 where it had none
     */
    public record Counts(long facts, double averageLength, Map<String, Long> having, long vectors) {
        /** Of a scope that nothing is known of. */
        public static final Counts NONE = new Counts(0, 0, Map.of(), 0);

        public Counts {
            having = Map.copyOf(having);
        }

        /** In how many entries a key is. */
        public long having(String key) {
            return having.getOrDefault(key, 0L);
        }
    }
}
