package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Scope;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The row of a scope: its lock orders the writers, its number counts what they did. */
final class ScopeRows {
    private ScopeRows() {}

    /** Nothing is written where there is a row: what this unit has written itself is told by who wrote the row last. */
    static Uni<Void> lock(UnitOfWork unit, Scope scope) {
        return found(unit, scope)
                .chain(found -> found
                        ? Uni.createFrom().voidItem()
                        : unit.execute(
                                        "insert into memory_scope (tenant, scope) values (?1, ?2) on conflict do nothing",
                                        unit.tenant(),
                                        scope.stored())
                                .chain(() -> found(unit, scope))
                                .replaceWithVoid());
    }

    private static Uni<Boolean> found(UnitOfWork unit, Scope scope) {
        return unit.query(
                        Long.class,
                        "select change from memory_scope where tenant = ?1 and scope = ?2 for update",
                        unit.tenant(),
                        scope.stored())
                .map(found -> !found.isEmpty());
    }

    /**
     * The number of the next change. The row lock behind it gives the numbers of a scope in the order of the commits.
     *
     * @param more how many current facts it has more
     */
    static Uni<Long> next(UnitOfWork unit, Scope scope, int more) {
        return numbers(unit, scope, 1, more);
    }

    /** The last of so many numbers that are drawn together. */
    static Uni<Long> numbers(UnitOfWork unit, Scope scope, long count, long more) {
        return unit.query(
                        Long.class,
                        "update memory_scope set change = change + ?4, facts = facts + ?3"
                                + " where tenant = ?1 and scope = ?2 returning change",
                        unit.tenant(),
                        scope.stored(),
                        more,
                        count)
                .map(List::getFirst);
    }

    /** Tells every index that a fact is to be read again. */
    static Uni<Void> touched(UnitOfWork unit, Scope scope, String id) {
        return next(unit, scope, 0)
                .chain(change -> unit.execute(
                        "update fact set change = ?3 where tenant = ?1 and id = ?2", unit.tenant(), id, change))
                .replaceWithVoid();
    }
}
