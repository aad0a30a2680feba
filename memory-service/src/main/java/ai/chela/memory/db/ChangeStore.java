package ai.chela.memory.db;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.crypto.ScopeKeys;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.recall.Change;
import ai.chela.memory.recall.Changes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The changes of a scope, read in one statement together with the scope's number. */
@ApplicationScoped
class ChangeStore implements Changes {
    private static final int PAGE = 2_000;

    /** The scope row was written by this very transaction exactly when its xmin is this transaction's id. */
    private static final String SINCE = """
            select q.place, s.change as head,
                coalesce(cast(s.xmin as text) = cast(cast(pg_current_xact_id_if_assigned() as xid) as text), false) as own,
                c.*
            from unnest(?2::text[], ?3::bigint[]) with ordinality q(scope, since, place)
            join memory_scope s on s.tenant = ?1 and s.scope = q.scope
            left join lateral (
                select f.change as number, f.valid_to is null as current, %s
                from %s
                where f.tenant = s.tenant and f.scope = s.scope and f.change > q.since and (q.since > 0 or f.valid_to is null)
                union all
                select e.change, false, e.id%s
                from erasure e
                where e.tenant = s.tenant and e.scope = s.scope and e.change > q.since and q.since > 0
                order by 1 limit %d
            ) c on true
            order by q.place, c.number""".formatted(FactRows.COLUMNS, FactRows.TABLES, FactRows.NO_MORE, PAGE);

    private static final String FACTS = "select " + FactRows.COLUMNS + " from " + FactRows.TABLES
            + " where f.tenant = ?1 and f.scope = ?2 and " + FactRows.HOLDS;

    private static final int HEAD = 1;
    private static final int OWN = 2;
    private static final int NUMBER = 3;
    private static final int CURRENT = 4;
    private static final int FACT = 5;

    private final KeyStore keys;

    ChangeStore(KeyStore keys) {
        this.keys = keys;
    }

    @Override
    public Uni<List<Page>> since(UnitOfWork unit, List<Known> known) {
        String[] scopes = known.stream().map(each -> each.scope().stored()).toArray(String[]::new);
        Long[] changes = known.stream().map(Known::change).toArray(Long[]::new);
        return unit.rows(SINCE, unit.tenant(), scopes, changes)
                .map(rows -> rows.stream().collect(groupingBy(row -> FactRows.number(row[0]))))
                .chain(places -> pages(unit, known, places, new ArrayList<>()));
    }

    @Override
    public Uni<List<Fact>> current(UnitOfWork unit, List<Scope> scopes, Collection<String> ids) {
        return ofEach(unit, scopes, " and f.id = any(?3::text[])", ids.toArray(String[]::new), 0, new ArrayList<>());
    }

    @Override
    public Uni<List<Fact>> newest(UnitOfWork unit, List<Scope> scopes, int limit) {
        return ofEach(
                unit, scopes, " order by f.said_at desc limit cast(?3 as bigint)", (long) limit, 0, new ArrayList<>());
    }

    private Uni<List<Fact>> ofEach(
            UnitOfWork unit, List<Scope> scopes, String which, Object parameter, int at, List<Fact> done) {
        if (at == scopes.size()) return Uni.createFrom().item(done);
        Scope scope = scopes.get(at);
        return unit.rows(FACTS + which, unit.tenant(), scope.stored(), parameter)
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : keys.opening(unit, scope, under(rows, 0)).invoke(key -> open(unit.tenant(), key, rows, done)))
                .chain(() -> ofEach(unit, scopes, which, parameter, at + 1, done));
    }

    private static Set<Long> under(List<Object[]> rows, int at) {
        return rows.stream().map(row -> FactRows.under(row, at)).collect(toSet());
    }

    private static void open(String tenant, ScopeKeys key, List<Object[]> rows, List<Fact> into) {
        for (Object[] row : rows) into.add(FactRows.read(row, 0).open(tenant, key));
    }

    private Uni<List<Page>> pages(
            UnitOfWork unit, List<Known> known, Map<Long, List<Object[]>> places, List<Page> done) {
        if (done.size() == known.size()) return Uni.createFrom().item(done);
        Known next = known.get(done.size());
        return page(unit, next, places.getOrDefault(done.size() + 1L, List.of()))
                .chain(page -> {
                    done.add(page);
                    return pages(unit, known, places, done);
                });
    }

    private Uni<Page> page(UnitOfWork unit, Known known, List<Object[]> rows) {
        if (rows.isEmpty()) return Uni.createFrom().item(new Page(List::of, 0, known.change(), false, false));
        long head = FactRows.number(rows.getFirst()[HEAD]);
        boolean own = Boolean.TRUE.equals(rows.getFirst()[OWN]);
        if (nothing(rows)) return Uni.createFrom().item(new Page(List::of, 0, head, false, own));
        List<Object[]> current =
                rows.stream().filter(row -> Boolean.TRUE.equals(row[CURRENT])).toList();
        return keys.opening(unit, known.scope(), under(current, FACT))
                .map(key -> page(unit.tenant(), key, rows, head, own));
    }

    private static boolean nothing(List<@Nullable Object[]> rows) {
        return rows.size() == 1 && rows.getFirst()[NUMBER] == null;
    }

    private static Page page(String tenant, ScopeKeys key, List<Object[]> rows, long head, boolean own) {
        boolean more = rows.size() == PAGE;
        long reached = more ? FactRows.number(rows.getLast()[NUMBER]) : head;
        return new Page(() -> opened(tenant, key, rows), rows.size(), reached, more, own);
    }

    private static List<Change> opened(String tenant, ScopeKeys key, List<Object[]> rows) {
        List<Change> changes = new ArrayList<>(rows.size());
        for (Object[] row : rows) {
            long number = FactRows.number(row[NUMBER]);
            changes.add(
                    Boolean.TRUE.equals(row[CURRENT])
                            ? new Change.Current(
                                    number, FactRows.read(row, FACT).open(tenant, key))
                            : new Change.Gone(number, FactRows.text(row[FACT])));
        }
        return changes;
    }
}
