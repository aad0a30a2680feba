package ai.chela.memory.keys;

import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of scopes and tenants that are being made anew, in the database. */
public interface Renewals {
    /**
     * One key.
     *
     * @param scope in its stored form; empty for the tenant's own key
     */
    record Renewal(String tenant, String scope) {}

    /** What one step came to. */
    sealed interface Progress {
        /**
         * Something was done, and there may be more.
         *
         * @param reached where the next step goes on; 0 for the beginning
         */
        record More(long reached) implements Progress {}

        /** Nothing is to be done now: another instance is at it, or the former key is kept a little longer. */
        record Later() implements Progress {}

        /** The former key is destroyed, if there was one. */
        record Done() implements Progress {}
    }

    /**
     * What is wanted or under way, of all tenants, in a stable order.
     *
     * @param after the last one of the page before; null for the first page
     */
    Uni<List<Renewal>> open(@Nullable Renewal after, int most);

    /**
     * The next step of one renewal: makes the new key, or wraps some of what the former one still wraps, or destroys the former
     * one.
     *
     * @param after where the step before ended; 0 to begin at the beginning, which is always right
     * @param patience a former key goes only when nothing has hung on it for so long: reads that are under way may need it
     */
    Uni<Progress> step(UnitOfWork unit, String scope, long after, Duration patience);
}
