package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.crypto.Aes;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Facts;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.fact.Sentence;
import ai.chela.memory.fact.Told;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Facts in PostgreSQL, each encrypted under a key of its own. */
@ApplicationScoped
class FactStore implements Facts {
    private static final Pattern HANDLE = Pattern.compile("(?i)m-([1-9]\\d{0,17})");
    private static final String AT = "timestamptz 'epoch' + cast(?%d as bigint) * interval '1 microsecond'";

    private final KeyStore keys;

    FactStore(KeyStore keys) {
        this.keys = keys;
    }

    /** Nothing is written where there is a row: what this unit has written itself is told by who wrote the row last. */
    @Override
    public Uni<Void> lock(UnitOfWork unit, Scope scope) {
        return lockRow(unit, scope)
                .chain(found -> found
                        ? Uni.createFrom().voidItem()
                        : unit.execute(
                                        "insert into memory_scope (tenant, scope) values (?1, ?2) on conflict do nothing",
                                        unit.tenant(),
                                        scope.stored())
                                .chain(() -> lockRow(unit, scope))
                                .replaceWithVoid());
    }

    private static Uni<Boolean> lockRow(UnitOfWork unit, Scope scope) {
        return unit.query(
                        Long.class,
                        "select change from memory_scope where tenant = ?1 and scope = ?2 for update",
                        unit.tenant(),
                        scope.stored())
                .map(found -> !found.isEmpty());
    }

    @Override
    public Uni<@Nullable Fact> same(UnitOfWork unit, Scope scope, String person, String text) {
        return keys.ofScope(unit, scope)
                .chain(key -> one(
                        unit,
                        "f.scope = ?2 and f.speaker = ?3 and f.fingerprint = ?4 and f.valid_to is null",
                        unit.tenant(),
                        scope.stored(),
                        person,
                        fingerprint(key, text)));
    }

    @Override
    public Uni<Boolean> admit(UnitOfWork unit, String person, long quota) {
        return unit.execute(
                        "insert into speaker as s (tenant, person, facts) select ?1, ?2, 1 where cast(?3 as bigint) > 0"
                                + " on conflict (tenant, person) do update set facts = s.facts + 1 where s.facts < ?3",
                        unit.tenant(),
                        person,
                        quota)
                .map(changed -> changed == 1);
    }

    @Override
    public Uni<Fact> add(UnitOfWork unit, Told told) {
        return unit.query(
                        Long.class,
                        "insert into handle as h (tenant, last) values (?1, 1)"
                                + " on conflict (tenant) do update set last = h.last + 1 returning last",
                        unit.tenant())
                .chain(handles -> insert(unit, told, told.id(), handles.getFirst(), 1));
    }

    @Override
    public Uni<Fact> supersede(UnitOfWork unit, Fact old, Told told) {
        return nextChange(unit, old.scope(), 0)
                .chain(change -> unit.execute(
                        "update fact set valid_to = " + AT.formatted(3) + ", superseded_by = ?4, change = ?5"
                                + " where tenant = ?1 and id = ?2",
                        unit.tenant(),
                        old.id(),
                        FactRows.micros(told.saidAt()),
                        told.id(),
                        change))
                .chain(() -> insert(unit, told, old.root(), old.handle(), 0));
    }

    private Uni<Fact> insert(UnitOfWork unit, Told told, String root, long handle, int more) {
        return keys.ofScope(unit, told.scope())
                .chain(key -> nextChange(unit, told.scope(), more)
                        .chain(change -> {
                            Body.Sealed sealed = Body.seal(unit.tenant(), key, told);
                            return insertRow(unit, told, root, handle, change, fingerprint(key, told.text()), sealed);
                        })
                        .map(_ -> new Fact(
                                told.id(),
                                root,
                                handle,
                                told.scope(),
                                told.text(),
                                told.speaker(),
                                told.saidBy(),
                                told.conversation(),
                                told.saidAt(),
                                told.corrects())));
    }

    private static Uni<Integer> insertRow(
            UnitOfWork unit, Told told, String root, long handle, long change, byte[] fingerprint, Body.Sealed sealed) {
        return unit.execute(
                "with own_key as (insert into memory_key (tenant, memory, wrapped) values (?1, ?2, ?12))"
                        + " insert into fact (tenant, id, root, handle, scope, speaker, conversation, said_at, valid_from, change,"
                        + " fingerprint, body) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, " + AT.formatted(8) + ", "
                        + AT.formatted(8) + ", ?9, ?10, ?11)",
                unit.tenant(),
                told.id(),
                root,
                handle,
                told.scope().stored(),
                told.speaker(),
                told.conversation(),
                FactRows.micros(told.saidAt()),
                change,
                fingerprint,
                sealed.sealed(),
                sealed.wrapped());
    }

    /** The row lock behind it gives the numbers of a scope in the order of the commits. */
    private static Uni<Long> nextChange(UnitOfWork unit, Scope scope, int more) {
        return unit.query(
                        Long.class,
                        "update memory_scope set change = change + 1, facts = facts + ?3"
                                + " where tenant = ?1 and scope = ?2 returning change",
                        unit.tenant(),
                        scope.stored(),
                        more)
                .map(List::getFirst);
    }

    @Override
    public Uni<@Nullable Fact> current(UnitOfWork unit, Asker asker, String reference) {
        List<Scope> sees = asker.sees();
        String own = sees.getFirst().stored();
        String shared = sees.getLast().stored();
        Matcher handle = HANDLE.matcher(reference.strip());
        String visible = "f.valid_to is null and f.scope in (?2, ?3) and ";
        if (handle.matches())
            return one(unit, visible + "f.handle = ?4", unit.tenant(), own, shared, Long.parseLong(handle.group(1)));
        return one(
                unit,
                visible + "f.root = (select v.root from fact v where v.tenant = ?1 and v.id = ?4)",
                unit.tenant(),
                own,
                shared,
                reference);
    }

    @Override
    public Uni<List<String>> speakers(UnitOfWork unit, Fact fact) {
        return unit.query(
                String.class,
                "select distinct speaker from fact where tenant = ?1 and root = ?2",
                unit.tenant(),
                fact.root());
    }

    @Override
    public Uni<Void> erase(UnitOfWork unit, Scope scope, String root) {
        return unit.rows(
                        "select id, speaker, valid_to is null from fact where tenant = ?1 and root = ?2 order by change",
                        unit.tenant(),
                        root)
                .chain(versions -> erase(unit, scope, versions, 0));
    }

    private static Uni<Void> erase(UnitOfWork unit, Scope scope, List<Object[]> versions, int at) {
        if (at == versions.size()) return Uni.createFrom().voidItem();
        String id = FactRows.text(versions.get(at)[0]);
        String speaker = FactRows.text(versions.get(at)[1]);
        boolean current = Boolean.TRUE.equals(versions.get(at)[2]);
        return unit.execute("delete from memory_key where tenant = ?1 and memory = ?2", unit.tenant(), id)
                .chain(() -> unit.execute("delete from fact where tenant = ?1 and id = ?2", unit.tenant(), id))
                .chain(() -> nextChange(unit, scope, current ? -1 : 0))
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
                .chain(() -> erase(unit, scope, versions, at + 1));
    }

    @Override
    public Uni<Listing> newest(UnitOfWork unit, Asker asker, int limit) {
        String own = asker.sees().getFirst().stored();
        String shared = asker.sees().getLast().stored();
        return unit.query(
                        Long.class,
                        "select cast(coalesce(sum(facts), 0) as bigint) from memory_scope"
                                + " where tenant = ?1 and scope in (?2, ?3)",
                        unit.tenant(),
                        own,
                        shared)
                .chain(total -> many(
                                unit,
                                "f.scope in (?2, ?3) and f.valid_to is null order by f.said_at desc, f.handle desc limit "
                                        + limit,
                                unit.tenant(),
                                own,
                                shared)
                        .map(facts -> new Listing(facts, total.getFirst())));
    }

    private Uni<@Nullable Fact> one(UnitOfWork unit, String where, Object... parameters) {
        return many(unit, where, parameters).map(facts -> facts.isEmpty() ? null : facts.getFirst());
    }

    /** Facts where {@code f.tenant = ?1} and more. */
    private Uni<List<Fact>> many(UnitOfWork unit, String where, Object... parameters) {
        return unit.rows(
                        "select " + FactRows.COLUMNS + " from " + FactRows.TABLES + " where f.tenant = ?1 and " + where,
                        parameters)
                .chain(rows -> open(
                        unit, rows.stream().map(row -> FactRows.read(row, 0)).toList(), new ArrayList<>()));
    }

    private Uni<List<Fact>> open(UnitOfWork unit, List<FactRows.Row> rows, List<Fact> done) {
        if (done.size() == rows.size()) return Uni.createFrom().item(done);
        FactRows.Row row = rows.get(done.size());
        return keys.ofScope(unit, row.scope()).chain(key -> {
            done.add(row.open(unit.tenant(), key));
            return open(unit, rows, done);
        });
    }

    private static byte[] fingerprint(byte[] scopeKey, String text) {
        return Aes.fingerprint(scopeKey, Sentence.normalized(text));
    }
}
