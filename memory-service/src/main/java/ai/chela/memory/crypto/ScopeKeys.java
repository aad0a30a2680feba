package ai.chela.memory.crypto;

import org.jspecify.annotations.Nullable;

/**
 * The key of a scope, and while it is being renewed the former one too: what that one wrapped is wrapped anew bit by bit.
 *
 * @param generation of the key, from 1
 * @param key wraps whatever is written now
 * @param formerGeneration of the former key; 0 when there is none
 * @param former only opens; null when there is none
 */
public record ScopeKeys(long generation, byte[] key, long formerGeneration, byte @Nullable [] former) {
    /** The key alone. */
    public ScopeKeys(long generation, byte[] key) {
        this(generation, key, 0, null);
    }

    /** Whether what is wrapped by that generation opens with these. */
    public boolean opens(long under) {
        return under == generation || former != null && under == formerGeneration;
    }

    /**
     * The key of a generation.
     *
     * @throws WrongKeyException when it is neither of the two
     */
    public byte[] under(long wanted) {
        if (wanted == generation) return key;
        if (former != null && wanted == formerGeneration) return former;
        throw new WrongKeyException("something under generation " + wanted + " of a scope's key", null);
    }

    /** What may still have been made with the former key: the former one, or the same key where there is none. */
    public byte[] earlier() {
        return former == null ? key : former;
    }

    @Override
    public String toString() {
        return "ScopeKeys[" + generation + "]";
    }
}
