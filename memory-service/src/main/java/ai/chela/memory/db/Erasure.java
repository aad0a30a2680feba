package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Scope;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Destroys keys and rows, and leaves the ids for the indexes to follow. */
final class Erasure {
    private Erasure() {}

    static Uni<List<String>> of(UnitOfWork unit, Scope scope, String root) {
        return unit.rows(
                        "select id, speaker, valid_to is null from fact where tenant = ?1 and root = ?2 order by change",
                        unit.tenant(),
                        root)
                .chain(versions -> versions(unit, scope, versions, 0)
                        .chain(() -> unit.execute(
                                "delete from keeping where tenant = ?1 and root = ?2", unit.tenant(), root))
                        .replaceWith(() -> versions.stream()
                                .map(version -> FactRows.text(version[0]))
                                .toList()));
    }

    private static Uni<Void> versions(UnitOfWork unit, Scope scope, List<Object[]> versions, int at) {
        if (at == versions.size()) return Uni.createFrom().voidItem();
        String id = FactRows.text(versions.get(at)[0]);
        String speaker = FactRows.text(versions.get(at)[1]);
        boolean current = Boolean.TRUE.equals(versions.get(at)[2]);
        return unit.execute("delete from memory_key where tenant = ?1 and memory = ?2", unit.tenant(), id)
                .chain(() -> unit.execute("delete from fact where tenant = ?1 and id = ?2", unit.tenant(), id))
                .chain(() -> ScopeRows.next(unit, scope, current ? -1 : 0))
                .chain(change -> unit.execute(
                        "insert into erasure (tenant, id, scope, change) values (?1, ?2, ?3, ?4)",
                        unit.tenant(),
                        id,
                        scope.stored(),
                        change))
                .chain(() -> unit.execute(
                        "update speaker set facts = facts - 1 where tenant = ?1 and person = ?2",
                        unit.tenant(),
                        speaker))
                .chain(() -> versions(unit, scope, versions, at + 1));
    }

    /** Everything in a scope at once, in a few statements however much it is. The scope must be locked. */
    static Uni<List<String>> of(UnitOfWork unit, Scope scope) {
        String tenant = unit.tenant();
        String stored = scope.stored();
        return unit.query(
                        String.class,
                        "select id from fact where tenant = ?1 and scope = ?2 order by change",
                        tenant,
                        stored)
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().item(ids)
                        : current(unit, scope)
                                .chain(facts -> ScopeRows.numbers(unit, scope, ids.size(), -facts))
                                .chain(last -> all(unit, stored, last - ids.size()))
                                .replaceWith(ids));
    }

    private static Uni<Long> current(UnitOfWork unit, Scope scope) {
        return unit.query(
                        Long.class,
                        "select count(*) from fact where tenant = ?1 and scope = ?2 and valid_to is null",
                        unit.tenant(),
                        scope.stored())
                .map(List::getFirst);
    }

    private static Uni<Void> all(UnitOfWork unit, String scope, long before) {
        String ofScope = " where tenant = ?1 and scope = ?2";
        return unit.execute(
                        "insert into erasure (tenant, id, scope, change)"
                                + " select tenant, id, scope, ?3 + row_number() over (order by change) from fact"
                                + ofScope,
                        unit.tenant(),
                        scope,
                        before)
                .chain(() -> unit.execute(
                        "delete from memory_key where tenant = ?1 and memory in (select id from fact" + ofScope + ")",
                        unit.tenant(),
                        scope))
                .chain(() -> unit.execute(
                        "delete from keeping where tenant = ?1 and root in (select root from fact" + ofScope + ")",
                        unit.tenant(),
                        scope))
                .chain(() -> unit.execute(
                        "update speaker s set facts = s.facts - c.facts from (select speaker, count(*) as facts from fact"
                                + ofScope + " group by speaker) c where s.tenant = ?1 and s.person = c.speaker",
                        unit.tenant(),
                        scope))
                .chain(() -> unit.execute("delete from fact" + ofScope, unit.tenant(), scope))
                .replaceWithVoid();
    }
}
