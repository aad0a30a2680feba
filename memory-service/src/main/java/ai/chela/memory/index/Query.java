package ai.chela.memory.index;

import ai.chela.memory.embedding.Embedder.Vector;
import ai.chela.memory.fact.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question to an index. There is none without a tenant and at least one scope: what is outside of them cannot be asked for.
 *
 * @param tenant not empty
 * @param scopes what the asker may see, at least one
 * @param keys what the question can be answered by, as the tokenizer makes them, at most {@link #MOST_KEYS}; empty to ask by
 *     meaning alone
 * @param vector of the question; null to ask by words alone
 * @param byWords at most so many of each scope for the words that they share with it
 * @param byMeaning at most so many of each scope for their nearness
 */
public record Query(
        String tenant,
        Set<Scope> scopes,
        Set<String> keys,
        @Nullable Vector vector,
        int byWords,
        int byMeaning) {
    /** The terms of a question of 200 words; a Chinese character has two neighbours. */
    public static final int MOST_KEYS = 600;

    /** Of each scope; a bound on what is read for one question. */
    public static final int MOST_CANDIDATES = 1_000;

    public Query {
        if (tenant.isEmpty()) throw new IllegalArgumentException("tenant: empty");
        if (scopes.isEmpty()) throw new IllegalArgumentException("scopes: none");
        if (keys.size() > MOST_KEYS) throw new IllegalArgumentException("keys: more than " + MOST_KEYS);
        if (byWords < 0 || byWords > MOST_CANDIDATES || byMeaning < 0 || byMeaning > MOST_CANDIDATES)
            throw new IllegalArgumentException("candidates: from 0 to " + MOST_CANDIDATES);
        scopes = Set.copyOf(scopes);
        keys = Set.copyOf(keys);
    }

    /** Its keys are content. */
    @Override
    public String toString() {
        return "Query[" + tenant + ", scopes " + scopes.size() + ", keys " + keys.size() + "]";
    }
}
