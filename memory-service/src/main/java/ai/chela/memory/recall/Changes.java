package ai.chela.memory.recall;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Where an index learns what has changed. */
public interface Changes {
    /** How far a scope is known. @param change the number of its last known change, 0 for nothing */
    record Known(Scope scope, long change) {}

    /** What changed in each of these scopes since then, oldest first, all by one statement and from one snapshot. */
    Uni<List<Page>> since(UnitOfWork unit, List<Known> known);

    /** Those of these ids that are current and of these scopes, in no order. */
    Uni<List<Fact>> current(UnitOfWork unit, List<Scope> scopes, Collection<String> ids);

    /** The newest that are current, of each of these scopes. */
    Uni<List<Fact>> newest(UnitOfWork unit, List<Scope> scopes, int limit);

    /**
     * @param changes decrypts when asked, which takes time: not on an event loop
     * @param head the number that an index has reached with these
     * @param more whether there is another page behind it
     * @param uncommitted whether the reading transaction has itself changed the scope; then these must not go into an
     *     index that others use
     */
    record Page(Supplier<List<Change>> changes, int size, long head, boolean more, boolean uncommitted) {}
}
