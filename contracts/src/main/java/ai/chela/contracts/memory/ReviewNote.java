package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the nightly review did. Handles only, no content.
 *
 * @param memory handle of the memory that is there now
 * @param other handle of the one that it took the place of or is in dispute with, null for none
 */
public record ReviewNote(What what, String memory, @Nullable String other) {
    public ReviewNote {
        Check.present("what", what);
        Check.text("memory", memory, 40);
        Check.optional("other", other, 40);
    }

    /** What was done. */
    public enum What {
        /** Two said the same: one is kept, the other is an earlier version of it. */
        MERGED,
        /** Two said different things of the same: the more trusted and newer one holds. */
        CLOSED,
        /** Two say different things of the same: a person has to say which holds. */
        DISPUTED
    }
}
