package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Keeping;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How facts are kept, in PostgreSQL. */
@ApplicationScoped
class KeepingStore implements Keeping {
    private static final String AT = "timestamptz 'epoch' + cast(?3 as bigint) * interval '1 microsecond'";

    private final KeyStore keys;

    KeepingStore(KeyStore keys) {
        this.keys = keys;
    }

    @Override
    public Uni<Void> pin(UnitOfWork unit, Fact fact, boolean pinned) {
        return set(unit, fact, "pinned", "?3", pinned);
    }

    @Override
    public Uni<Void> expire(UnitOfWork unit, Fact fact, @Nullable Instant at) {
        return set(unit, fact, "expires_at", AT, at == null ? null : FactRows.micros(at));
    }

    @Override
    public Uni<Void> dispute(UnitOfWork unit, Fact fact, boolean disputed) {
        return set(unit, fact, "disputed", "?3", disputed);
    }

    private static Uni<Void> set(UnitOfWork unit, Fact fact, String column, String expression, @Nullable Object value) {
        return unit.execute(
                        "insert into keeping (tenant, root, " + column + ") values (?1, ?2, " + expression
                                + ") on conflict (tenant, root) do update set " + column + " = excluded." + column,
                        unit.tenant(),
                        fact.root(),
                        value)
                .chain(() -> ScopeRows.touched(unit, fact.scope(), fact.id()));
    }

    @Override
    public Uni<Void> tag(UnitOfWork unit, Fact fact, List<String> tags) {
        String read = "select f.body, k.wrapped, k.under from fact f"
                + " join memory_key k on k.tenant = f.tenant and k.memory = f.id where f.tenant = ?1 and f.id = ?2";
        return unit.rows(read, unit.tenant(), fact.id())
                .chain(rows -> tagged(unit, fact, tags, rows.getFirst()))
                .chain(body -> unit.execute(
                        "update fact set body = ?3 where tenant = ?1 and id = ?2", unit.tenant(), fact.id(), body))
                .chain(() -> ScopeRows.touched(unit, fact.scope(), fact.id()));
    }

    private Uni<byte[]> tagged(UnitOfWork unit, Fact fact, List<String> tags, Object[] row) {
        long under = FactRows.number(row[2]);
        return keys.opening(unit, fact.scope(), List.of(under))
                .map(key -> Body.tagged(
                        unit.tenant(),
                        key.under(under),
                        fact.id(),
                        FactRows.bytes(row[1]),
                        FactRows.bytes(row[0]),
                        tags));
    }

    @Override
    public Uni<Void> absorb(UnitOfWork unit, Fact kept, Fact other, Instant at) {
        return ScopeRows.next(unit, other.scope(), -1)
                .chain(change -> unit.execute(
                        "update fact set valid_to = " + AT
                                + ", superseded_by = ?4, change = ?5 where tenant = ?1 and id = ?2",
                        unit.tenant(),
                        other.id(),
                        FactRows.micros(at),
                        kept.id(),
                        change))
                .chain(() -> moved(unit, kept, other))
                .chain(() -> ScopeRows.touched(unit, kept.scope(), kept.id()));
    }

    /** One forgetting takes all of them from now on, and each version is told to the indexes and to backups. */
    private static Uni<Void> moved(UnitOfWork unit, Fact kept, Fact other) {
        String kind = "insert into keeping as k (tenant, root, pinned, recalls, recalled_at)"
                + " select tenant, ?2, pinned, recalls, recalled_at from keeping where tenant = ?1 and root = ?3"
                + " on conflict (tenant, root) do update set pinned = k.pinned or excluded.pinned,"
                + " recalls = k.recalls + excluded.recalls, recalled_at = greatest(k.recalled_at, excluded.recalled_at)";
        return unit.query(
                        Long.class,
                        "select count(*) from fact where tenant = ?1 and root = ?2",
                        unit.tenant(),
                        other.root())
                .map(List::getFirst)
                .chain(versions -> ScopeRows.numbers(unit, other.scope(), versions, 0)
                        .chain(last -> unit.execute(
                                "update fact f set root = ?3, change = n.number from (select id, ?4 + row_number() over"
                                        + " (order by change) as number from fact where tenant = ?1 and root = ?2) n"
                                        + " where f.tenant = ?1 and f.id = n.id",
                                unit.tenant(),
                                other.root(),
                                kept.root(),
                                last - versions)))
                .chain(() -> unit.execute(kind, unit.tenant(), kept.root(), other.root()))
                .chain(() -> unit.execute(
                        "delete from keeping where tenant = ?1 and root = ?2", unit.tenant(), other.root()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> recalled(UnitOfWork unit, List<Recalled> recalled) {
        return unit.execute(
                        "insert into keeping as k (tenant, root, recalls, recalled_at)"
                                + " select ?1, r.root, r.times, timestamptz 'epoch' + r.micros * interval '1 microsecond'"
                                + " from unnest(?2::text[], ?3::bigint[], ?4::bigint[]) r(root, times, micros)"
                                + " where exists (select 1 from fact f where f.tenant = ?1 and f.root = r.root)"
                                + " on conflict (tenant, root) do update set recalls = k.recalls + excluded.recalls,"
                                + " recalled_at = greatest(k.recalled_at, excluded.recalled_at)",
                        unit.tenant(),
                        recalled.stream().map(Recalled::root).toArray(String[]::new),
                        recalled.stream().map(Recalled::times).toArray(Long[]::new),
                        recalled.stream()
                                .map(each -> FactRows.micros(each.at()))
                                .toArray(Long[]::new))
                .replaceWithVoid();
    }
}
