package ai.chela.memory.index;

import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.fact.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds the memories that may answer a question, by words and by vectors. It is derived from PostgreSQL, holds no sentence, and
 * can be dropped at any time: whoever uses it asks {@linkplain #reached how far} a scope is, applies what changed since, and then
 * searches. What an {@link #apply} has completed, every later search of this instance sees.
 *
 * <p>Nothing blocks the caller, and stages may complete on any thread. Each fails with {@link IndexException} when the index
 * cannot do it now; then nothing was promised, and the same call may be made again: every call can be repeated without harm.
 * Tenants and scopes are any strings that a person or an attacker may choose, and never meet. Thread-safe.
 */
public interface MemoryIndex {
    /**
     * The number of the last change that was applied to each of these scopes, 0 for nothing. After a crash it may be lower than
     * before, and then what is missing is applied again; it is never higher than what can be found.
     *
     * @param scopes at least one
     */
    CompletionStage<Map<Scope, Long>> reached(String tenant, Set<Scope> scopes);

    /**
     * Applies changes in their order, and notes that all up to {@code head} are in. Changes up to what was reached already do
     * nothing; one that comes late, by a caller that has overtaken another, never undoes a newer one.
     *
     * @param head at least the number of the last step; lower than what is reached changes nothing
     */
    CompletionStage<Void> apply(Place place, List<Step> steps, long head);

    /**
     * Adds vectors of one model to entries that are there; an entry may have one of each model. A vector for an id without an
     * entry is passed over: it may just have been forgotten. One that is there already may stay.
     *
     * @param vectors of length 1, by the id of their entry
     */
    CompletionStage<Void> addVectors(Place place, Embedder.Model model, Map<String, float[]> vectors);

    /**
     * The entries that have a vector of none of these models.
     *
     * @param after the {@link Lacking#next} of the page before; null for the first
     * @param most at least 1
     */
    CompletionStage<Lacking> lacking(Place place, Set<Embedder.Model> models, @Nullable String after, int most);

    /** Of each scope its candidates, by words and by meaning, and its counts. */
    CompletionStage<Found> search(Query query);

    /**
     * Removes entries with their terms and vectors: when this completes they are in no file of the index. A {@link Step.Gone}
     * alone may leave bytes behind until {@link #purge}. What is not there is passed over, and what was erased does not come
     * back by a change that was reached before.
     */
    CompletionStage<Void> erase(Place place, List<String> ids);

    /** Takes everything that was removed in any place off the disk. May take a while; searches go on. */
    CompletionStage<Void> purge();

    /** Forgets all of a scope, so that {@link #reached} is 0 and it can be built again. */
    CompletionStage<Void> drop(Place place);

    /** Removes the vectors of every other model, in all places. */
    CompletionStage<Void> retain(Set<Embedder.Model> models);

    /** All places that it holds anything of, for who looks after them. */
    CompletionStage<List<Place>> places();

    /** For health and metrics, without content: {@code ready}, or what is wrong or under way. */
    String state();
}
