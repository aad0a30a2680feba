package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.KeyNames;
import ai.chela.memory.crypto.MasterKey;
import ai.chela.memory.crypto.ScopeKeys;
import ai.chela.memory.crypto.WrongKeyException;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.keys.KeyRing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys of tenants, scopes and memories, each wrapped by the one above it. Keys of scopes are kept in memory, for reading: what
 * is wrapped by a generation that is not known here is looked up. Who writes asks for the generation of now, with the scope
 * locked, as another instance may be renewing the key.
 */
@ApplicationScoped
class KeyStore {
    /** Unwrapped keys of so many scopes are kept in memory. */
    private static final int MOST_CACHED = 10_000;

    private static final String LOAD = """
            select s.wrapped as wrapped, s.generation as generation, s.under as under,
                f.generation as former_generation, f.wrapped as former,
                t.master_id as master_id, t.wrapped as tenant_wrapped, t.generation as tenant_generation,
                r.generation as former_tenant_generation, r.wrapped as former_tenant
            from scope_key s join tenant_key t on t.tenant = s.tenant
            left join key_renewal f on f.tenant = s.tenant and f.scope = s.scope
            left join key_renewal r on r.tenant = s.tenant and r.scope = ''
            where s.tenant = ?1 and s.scope = ?2""";

    private final KeyRing ring;

    private final Map<String, ScopeKeys> opened = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ScopeKeys> eldest) {
            return size() > MOST_CACHED;
        }
    };

    KeyStore(KeyRing ring) {
        this.ring = ring;
    }

    /**
     * A tenant's key.
     *
     * @param generation of it, from 1
     */
    record TenantKey(long generation, byte[] key) {
        @Override
        public String toString() {
            return "TenantKey[" + generation + "]";
        }
    }

    /**
     * What opens memory keys.
     *
     * @param under the generations that wrap them; where there is none, nothing is to be opened and nothing is looked up
     */
    Uni<ScopeKeys> opening(UnitOfWork unit, Scope scope, Collection<Long> under) {
        ScopeKeys known = known(unit, scope);
        if (known != null && under.stream().allMatch(known::opens))
            return Uni.createFrom().item(known);
        if (under.isEmpty()) return Uni.createFrom().item(new ScopeKeys(0, new byte[0]));
        return load(unit, scope).map(found -> {
            if (found == null)
                throw new WrongKeyException(KeyNames.scopeKey(unit.tenant(), scope.stored()) + " (is missing)", null);
            return found;
        });
    }

    /** What wraps now; made when there is none. The scope must be locked, or not have been written to ever. */
    Uni<ScopeKeys> writing(UnitOfWork unit, Scope scope) {
        return unit.query(
                        Long.class,
                        "select generation from scope_key where tenant = ?1 and scope = ?2",
                        unit.tenant(),
                        scope.stored())
                .chain(found -> {
                    if (found.isEmpty()) return create(unit, scope);
                    ScopeKeys known = known(unit, scope);
                    // one that was renewed and is at rest again needs no former key
                    if (known != null && known.generation() == found.getFirst())
                        return Uni.createFrom().item(known);
                    return load(unit, scope).map(KeyStore::present);
                });
    }

    private static ScopeKeys present(@Nullable ScopeKeys loaded) {
        if (loaded == null) throw new IllegalStateException("a scope's key has gone");
        return loaded;
    }

    private Uni<ScopeKeys> create(UnitOfWork unit, Scope scope) {
        String name = KeyNames.scopeKey(unit.tenant(), scope.stored());
        return tenantKey(unit, "for share")
                .chain(tenant -> unit.execute(
                        "insert into scope_key (tenant, scope, wrapped, under) values (?1, ?2, ?3, ?4)"
                                + " on conflict do nothing",
                        unit.tenant(),
                        scope.stored(),
                        Aes.seal(tenant.key(), name, Aes.newKey()),
                        tenant.generation()))
                .chain(() -> load(unit, scope))
                .map(KeyStore::present);
    }

    /**
     * The tenant's key as it is now; made when there is none.
     *
     * @param lock {@code for share} keeps it from being renewed until the unit ends, {@code for update} lets only this unit
     *     renew it
     */
    Uni<TenantKey> tenantKey(UnitOfWork unit, String lock) {
        return lockedTenantKey(unit, lock)
                .chain((@Nullable TenantKey found) -> found != null
                        ? Uni.createFrom().item(found)
                        : createTenantKey(unit)
                                .chain(() -> lockedTenantKey(unit, lock))
                                .map(made -> {
                                    if (made == null) throw new IllegalStateException("a tenant's key has gone");
                                    return made;
                                }));
    }

    private Uni<@Nullable TenantKey> lockedTenantKey(UnitOfWork unit, String lock) {
        return unit.rows(
                        "select generation, master_id, wrapped from tenant_key where tenant = ?1 " + lock,
                        unit.tenant())
                .chain(rows -> {
                    if (rows.isEmpty()) return Uni.createFrom().nullItem();
                    Object[] row = rows.getFirst();
                    return ring.unwrap(FactRows.text(row[1]), KeyNames.tenantKey(unit.tenant()), FactRows.bytes(row[2]))
                            .map(key -> new TenantKey(FactRows.number(row[0]), key));
                });
    }

    private Uni<Integer> createTenantKey(UnitOfWork unit) {
        MasterKey master = ring.wrapping();
        return unit.execute(
                "insert into tenant_key (tenant, master_id, wrapped) values (?1, ?2, ?3) on conflict do nothing",
                unit.tenant(),
                master.id(),
                master.wrap(KeyNames.tenantKey(unit.tenant()), Aes.newKey()));
    }

    /** As they are now; null when the scope has none. Kept in memory after the commit. */
    Uni<@Nullable ScopeKeys> load(UnitOfWork unit, Scope scope) {
        return unit.rows(LOAD, unit.tenant(), scope.stored()).chain(rows -> {
            if (rows.isEmpty()) return Uni.createFrom().nullItem();
            Object[] row = rows.getFirst();
            return ring.unwrap(FactRows.text(row[5]), KeyNames.tenantKey(unit.tenant()), FactRows.bytes(row[6]))
                    .map(tenantKey -> open(unit.tenant(), scope.stored(), row, tenantKey))
                    .invoke(keys -> unit.afterCommit(() -> keep(unit.tenant(), scope, keys)));
        });
    }

    private static ScopeKeys open(String tenant, String scope, @Nullable Object[] row, byte[] tenantKey) {
        long under = FactRows.number(row[2]);
        byte[] above = under == FactRows.number(row[7]) ? tenantKey : formerTenantKey(tenant, row, tenantKey, under);
        byte[] key = Aes.open(above, KeyNames.scopeKey(tenant, scope), FactRows.bytes(row[0]));
        long generation = FactRows.number(row[1]);
        if (row[4] == null) return new ScopeKeys(generation, key);
        long former = FactRows.number(row[3]);
        return new ScopeKeys(
                generation,
                key,
                former,
                Aes.open(key, KeyNames.formerScopeKey(tenant, scope, former), FactRows.bytes(row[4])));
    }

    private static byte[] formerTenantKey(String tenant, @Nullable Object[] row, byte[] tenantKey, long under) {
        String name = KeyNames.formerTenantKey(tenant, under);
        if (row[9] == null || FactRows.number(row[8]) != under) throw new WrongKeyException(name, null);
        return Aes.open(tenantKey, name, FactRows.bytes(row[9]));
    }

    private synchronized @Nullable ScopeKeys known(UnitOfWork unit, Scope scope) {
        return opened.get(KeyNames.scopeKey(unit.tenant(), scope.stored()));
    }

    /** Only after the commit: a key whose row was rolled back opens nothing. Never an older one over a newer one. */
    private synchronized void keep(String tenant, Scope scope, ScopeKeys keys) {
        opened.merge(
                KeyNames.scopeKey(tenant, scope.stored()),
                keys,
                (before, now) -> now.generation() >= before.generation() ? now : before);
    }
}
