package ai.chela.memory.retention;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.memory.fact.Scope;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds memories whose last version is older than they may become. */
public interface Aged {
    /**
     * Memories of all tenants, ids only, the oldest first, none under legal hold.
     *
     * @param limits null where that kind of scope is kept forever
     */
    Uni<List<Work>> due(Limits limits, int most);

    /** The scope of a memory that is still there, still too old and held by nobody at work on it; null otherwise. */
    Uni<@Nullable Scope> claim(UnitOfWork unit, String root, Limits limits);

    /**
     * What is older is due.
     *
     * @param person for scopes of persons, null for never
     * @param tenant for what tenants share, null for never
     */
    record Limits(@Nullable Instant person, @Nullable Instant tenant) {
        boolean none() {
            return person == null && tenant == null;
        }
    }
}
