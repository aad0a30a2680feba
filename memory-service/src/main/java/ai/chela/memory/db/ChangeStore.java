package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.recall.Change;
import ai.chela.memory.recall.Changes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The changes of a scope, read in one statement together with the scope's number. */
@ApplicationScoped
class ChangeStore implements Changes {
    private static final int PAGE = 2_000;

    /** The scope row was written by this very transaction exactly when its xmin is this transaction's id. */
    private static final String SINCE = """
            select s.change as head,
                coalesce(cast(s.xmin as text) = cast(cast(pg_current_xact_id_if_assigned() as xid) as text), false) as own,
                c.*
            from memory_scope s left join lateral (
                select f.change as number, f.valid_to is null as current, %s
                from %s
                where f.tenant = s.tenant and f.scope = s.scope and f.change > ?3 and (?3 > 0 or f.valid_to is null)
                union all
                select e.change, false, e.id, null, null, null, null, null, null, null, null
                from erasure e
                where e.tenant = s.tenant and e.scope = s.scope and e.change > ?3 and ?3 > 0
                order by 1 limit %d
            ) c on true
            where s.tenant = ?1 and s.scope = ?2
            order by c.number""".formatted(FactRows.COLUMNS, FactRows.TABLES, PAGE);

    private static final int NUMBER = 2;
    private static final int CURRENT = 3;
    private static final int FACT = 4;

    private final KeyStore keys;

    ChangeStore(KeyStore keys) {
        this.keys = keys;
    }

    @Override
    public Uni<Page> since(UnitOfWork unit, Scope scope, long since) {
        return unit.rows(SINCE, unit.tenant(), scope.stored(), since).chain(rows -> {
            if (rows.isEmpty()) return Uni.createFrom().item(new Page(List::of, 0, since, false, false));
            long head = FactRows.number(rows.getFirst()[0]);
            boolean own = Boolean.TRUE.equals(rows.getFirst()[1]);
            if (nothing(rows)) return Uni.createFrom().item(new Page(List::of, 0, head, false, own));
            return keys.ofScope(unit, scope).map(key -> page(unit.tenant(), key, rows, head, own));
        });
    }

    private static boolean nothing(List<@Nullable Object[]> rows) {
        return rows.size() == 1 && rows.getFirst()[NUMBER] == null;
    }

    private static Page page(String tenant, byte[] key, List<Object[]> rows, long head, boolean own) {
        boolean more = rows.size() == PAGE;
        long reached = more ? FactRows.number(rows.getLast()[NUMBER]) : head;
        return new Page(() -> opened(tenant, key, rows), rows.size(), reached, more, own);
    }

    private static List<Change> opened(String tenant, byte[] key, List<Object[]> rows) {
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
