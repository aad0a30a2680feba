package ai.chela.memory.keys;

import java.util.Collection;
import java.util.List;

/** Which master key wraps. Pure. */
final class Agreement {
    private Agreement() {}

    /**
     * The first of one's own keys that everybody who runs now can open with: so a new key wraps nothing before all
     * instances have it, and a former one is in use until then. One's own first key when there is no common one.
     *
     * @param own ids of the keys of this instance, the wanted one first; not empty
     * @param others ids of the keys of each instance that runs now
     */
    static String wrapping(List<String> own, Collection<? extends Collection<String>> others) {
        for (String id : own) if (others.stream().allMatch(known -> known.contains(id))) return id;
        return own.getFirst();
    }
}
