package ai.chela.memory.review;

import ai.chela.contracts.memory.ReviewNote;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where reviews are noted: when a tenant's is due, who does it, and what it did. */
public interface Reviews {
    /**
     * Takes a review that is due; null when none is, or another instance has it. A tenant that is seen for the first time is
     * due at {@code next}.
     */
    Uni<@Nullable Night> take(UnitOfWork unit, Instant now, Instant next);

    /**
     * @param fence rises with every holder: one that was overtaken can commit nothing
     * @param due when it was due; names the night
     */
    record Night(long fence, Instant due) {}

    /** Renews the lease; a failure when another instance has taken the review over. */
    Uni<Void> hold(UnitOfWork unit, Night night);

    Uni<Void> finish(UnitOfWork unit, Night night, Instant now, Instant next);

    Uni<Void> note(UnitOfWork unit, Night night, Scope scope, ReviewNote.What what, Fact memory, Fact other);

    /** What the last finished review did in the scopes that the asker sees, at most 100. */
    Uni<Last> last(UnitOfWork unit, Asker asker);

    /**
     * @param at when it was finished, null when there was none
     */
    record Last(@Nullable Instant at, List<ReviewNote> notes) {}

    /** Groups of current memories that say the same, or are about the same and not all in dispute yet; at most so many. */
    Uni<List<Group>> groups(UnitOfWork unit, Group.Kind kind, int limit);

    /**
     * Current memories of one scope with something in common.
     *
     * @param key what they have in common, as it is stored
     */
    record Group(Kind kind, Scope scope, byte[] key) {
        /** What they have in common. */
        public enum Kind {
            SAME,
            CONTRARY
        }
    }

    /** At most 50, the newest first. */
    Uni<List<Fact>> members(UnitOfWork unit, Group group);

    /** Ends disputes that have nobody left on the other side; how many. */
    Uni<Integer> endDisputes(UnitOfWork unit);
}
