package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.KeyNames;
import ai.chela.memory.crypto.MasterKey;
import ai.chela.memory.crypto.ScopeKeys;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.keys.KeyRing;
import ai.chela.memory.keys.Renewals;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Renewals in PostgreSQL. The row of a renewal is locked by whoever does a step of it, and a scope is locked while some of its
 * memory keys are wrapped anew, for some milliseconds.
 */
@ApplicationScoped
class RenewalStore implements Renewals {
    /** So many memories are wrapped anew while their scope is locked. */
    private static final int AT_ONCE = 50;

    private static final int SCOPES_AT_ONCE = 200;

    private static final String LEFT = """
            select f.change, f.id, f.speaker, f.body, k.wrapped, k.under from fact f
            join memory_key k on k.tenant = f.tenant and k.memory = f.id
            where f.tenant = ?1 and f.scope = ?2 and f.change > ?3 and (k.under <> ?4 or f.marked <> ?4)
            order by f.change limit %d""".formatted(AT_ONCE);

    private static final String WRAPPED = """
            update memory_key k set wrapped = n.wrapped, under = ?4 from unnest(?2::text[], ?3::bytea[]) n(memory, wrapped)
            where k.tenant = ?1 and k.memory = n.memory""";

    /** A memory that gives no value to anything has no subject. */
    private static final String MARKED = """
            update fact f set fingerprint = n.fingerprint, gist = n.gist,
                subject = case when length(n.subject) = 0 then null else n.subject end, marked = ?6
            from unnest(?2::text[], ?3::bytea[], ?4::bytea[], ?5::bytea[]) n(id, fingerprint, gist, subject)
            where f.tenant = ?1 and f.id = n.id""";

    private final Pool queue;
    private final KeyStore keys;
    private final KeyRing ring;

    RenewalStore(@ReactiveDataSource("queue") Pool queue, KeyStore keys, KeyRing ring) {
        this.queue = queue;
        this.keys = keys;
        this.ring = ring;
    }

    @Override
    public Uni<List<Renewal>> open(@Nullable Renewal after, int most) {
        Renewal from = after == null ? new Renewal("", "") : after;
        return queue.preparedQuery(
                        "select tenant, scope from key_renewal where (tenant, scope) > ($1, $2) order by tenant, scope limit $3")
                .execute(Tuple.of(from.tenant(), from.scope(), most))
                .map(rows -> {
                    List<Renewal> found = new ArrayList<>();
                    for (Row row : rows) found.add(new Renewal(row.getString(0), row.getString(1)));
                    return found;
                });
    }

    @Override
    public Uni<Progress> step(UnitOfWork unit, String scope, long after, Duration patience) {
        return unit.rows(
                        "select generation, cast(extract(epoch from now() - idle_since) * 1000 as bigint) from key_renewal"
                                + " where tenant = ?1 and scope = ?2 for update skip locked",
                        unit.tenant(),
                        scope)
                .chain(rows -> {
                    if (rows.isEmpty()) return later();
                    if (rows.getFirst()[0] == null) return begin(unit, scope).replaceWith(new Progress.More(0));
                    Object idle = rows.getFirst()[1];
                    if (idle != null && FactRows.number(idle) < patience.toMillis()) return later();
                    return wrap(unit, scope, after)
                            .chain((@Nullable Progress progress) -> progress == null
                                    ? finish(unit, scope, after, idle != null || patience.isZero())
                                    : idle(unit, scope, "null").replaceWith(progress));
                });
    }

    private static Uni<Void> idle(UnitOfWork unit, String scope, String since) {
        return unit.execute(
                        "update key_renewal set idle_since = " + since + " where tenant = ?1 and scope = ?2",
                        unit.tenant(),
                        scope)
                .replaceWithVoid();
    }

    private static Uni<Progress> later() {
        return Uni.createFrom().item(new Progress.Later());
    }

    private Uni<Void> begin(UnitOfWork unit, String scope) {
        unit.audit("key.renewed", scope.isEmpty() ? "tenant-key" : scope, "ok", null);
        return scope.isEmpty() ? beginTenant(unit) : beginScope(unit, Scope.of(scope));
    }

    private Uni<Void> beginTenant(UnitOfWork unit) {
        String tenant = unit.tenant();
        return keys.tenantKey(unit, "for update").chain(former -> {
            byte[] fresh = Aes.newKey();
            MasterKey master = ring.wrapping();
            return unit.execute(
                            "update tenant_key set master_id = ?2, wrapped = ?3, generation = ?4 where tenant = ?1",
                            tenant,
                            master.id(),
                            master.wrap(KeyNames.tenantKey(tenant), fresh),
                            former.generation() + 1)
                    .chain(() -> begun(
                            unit,
                            "",
                            former.generation(),
                            Aes.seal(fresh, KeyNames.formerTenantKey(tenant, former.generation()), former.key())));
        });
    }

    private Uni<Void> beginScope(UnitOfWork unit, Scope scope) {
        String tenant = unit.tenant();
        String stored = scope.stored();
        return ScopeRows.lock(unit, scope)
                .chain(() -> keys.tenantKey(unit, "for share"))
                .chain(tenantKey -> keys.load(unit, scope).chain((@Nullable ScopeKeys former) -> {
                    if (former == null) throw new IllegalStateException("a scope without a key is not renewed");
                    byte[] fresh = Aes.newKey();
                    long generation = former.generation();
                    return unit.execute(
                                    "update scope_key set wrapped = ?3, generation = ?4, under = ?5"
                                            + " where tenant = ?1 and scope = ?2",
                                    tenant,
                                    stored,
                                    Aes.seal(tenantKey.key(), KeyNames.scopeKey(tenant, stored), fresh),
                                    generation + 1,
                                    tenantKey.generation())
                            .chain(() -> begun(
                                    unit,
                                    stored,
                                    generation,
                                    Aes.seal(
                                            fresh, KeyNames.formerScopeKey(tenant, stored, generation), former.key())));
                }));
    }

    private static Uni<Void> begun(UnitOfWork unit, String scope, long generation, byte[] former) {
        return unit.execute(
                        "update key_renewal set generation = ?3, wrapped = ?4 where tenant = ?1 and scope = ?2",
                        unit.tenant(),
                        scope,
                        generation,
                        former)
                .replaceWithVoid();
    }

    /** Null when nothing was left behind that point. */
    private Uni<@Nullable Progress> wrap(UnitOfWork unit, String scope, long after) {
        return scope.isEmpty() ? wrapScopes(unit) : wrapMemories(unit, Scope.of(scope), after);
    }

    private Uni<@Nullable Progress> wrapScopes(UnitOfWork unit) {
        return keys.tenantKey(unit, "for share")
                .chain(tenantKey -> unit.query(
                                String.class,
                                "select scope from scope_key where tenant = ?1 and under <> ?2 order by scope limit "
                                        + SCOPES_AT_ONCE + " for update",
                                unit.tenant(),
                                tenantKey.generation())
                        .chain(scopes -> wrapScopes(unit, tenantKey, scopes, 0))
                        .map(count -> count == 0 ? null : new Progress.More(0)));
    }

    private Uni<Integer> wrapScopes(UnitOfWork unit, KeyStore.TenantKey tenantKey, List<String> scopes, int at) {
        if (at == scopes.size()) return Uni.createFrom().item(at);
        String scope = scopes.get(at);
        return keys.load(unit, Scope.of(scope))
                .chain((@Nullable ScopeKeys found) -> {
                    if (found == null) throw new IllegalStateException("a scope's key has gone");
                    return unit.execute(
                            "update scope_key set wrapped = ?3, under = ?4 where tenant = ?1 and scope = ?2",
                            unit.tenant(),
                            scope,
                            Aes.seal(tenantKey.key(), KeyNames.scopeKey(unit.tenant(), scope), found.key()),
                            tenantKey.generation());
                })
                .chain(() -> wrapScopes(unit, tenantKey, scopes, at + 1));
    }

    /** Looked for without a lock, and again with it: a scope in which nothing is left is not locked. */
    private Uni<@Nullable Progress> wrapMemories(UnitOfWork unit, Scope scope, long after) {
        return keys.load(unit, scope).chain((@Nullable ScopeKeys found) -> {
            if (found == null) return Uni.createFrom().nullItem();
            return left(unit, scope, after, found)
                    .chain(some -> some.isEmpty()
                            ? Uni.createFrom().nullItem()
                            : ScopeRows.lock(unit, scope)
                                    .chain(() -> left(unit, scope, after, found))
                                    .chain(rows -> wrapped(unit, found, rows).replaceWith(more(rows, after))));
        });
    }

    private static Progress more(List<Object[]> rows, long after) {
        return new Progress.More(rows.isEmpty() ? after : FactRows.number(rows.getLast()[0]));
    }

    private static Uni<List<Object[]>> left(UnitOfWork unit, Scope scope, long after, ScopeKeys keys) {
        return unit.rows(LEFT, unit.tenant(), scope.stored(), after, keys.generation());
    }

    private static Uni<Void> wrapped(UnitOfWork unit, ScopeKeys keys, List<Object[]> rows) {
        int count = rows.size();
        if (count == 0) return Uni.createFrom().voidItem();
        String[] ids = new String[count];
        byte[][] wrapped = new byte[count][];
        byte[][] fingerprints = new byte[count][];
        byte[][] gists = new byte[count][];
        byte[][] subjects = new byte[count][];
        for (int i = 0; i < count; i++) {
            Object[] row = rows.get(i);
            ids[i] = FactRows.text(row[1]);
            byte[] former = keys.under(FactRows.number(row[5]));
            String name = KeyNames.memoryKey(unit.tenant(), ids[i]);
            wrapped[i] = Aes.seal(keys.key(), name, Aes.open(former, name, FactRows.bytes(row[4])));
            Body body = Body.open(unit.tenant(), former, ids[i], FactRows.bytes(row[4]), FactRows.bytes(row[3]));
            Marks marks = Marks.of(keys.key(), body.text(), FactRows.text(row[2]));
            fingerprints[i] = marks.fingerprint();
            gists[i] = marks.gist();
            byte[] subject = marks.subject();
            subjects[i] = subject == null ? new byte[0] : subject;
        }
        return unit.execute(WRAPPED, unit.tenant(), ids, wrapped, keys.generation())
                .chain(() -> unit.execute(MARKED, unit.tenant(), ids, fingerprints, gists, subjects, keys.generation()))
                .replaceWithVoid();
    }

    /**
     * Nothing was found behind a point: then what is before it is looked through once more. Nothing at all: the former key goes,
     * now or after a while.
     */
    private static Uni<Progress> finish(UnitOfWork unit, String scope, long after, boolean waited) {
        if (after > 0) return Uni.createFrom().item(new Progress.More(0));
        if (!waited) return idle(unit, scope, "now()").replaceWith(new Progress.Later());
        unit.audit("key.destroyed", scope.isEmpty() ? "tenant-key" : scope, "ok", null);
        return unit.execute("delete from key_renewal where tenant = ?1 and scope = ?2", unit.tenant(), scope)
                .replaceWith(new Progress.Done());
    }
}
