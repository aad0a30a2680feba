package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.KeyNames;
import ai.chela.memory.crypto.MasterKey;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.keys.KeyRing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keys of tenants, scopes and memories, each wrapped by the one above it. */
@ApplicationScoped
class KeyStore {
    /** Unwrapped keys of so many scopes are kept in memory. */
    private static final int MOST_CACHED = 10_000;

    private final KeyRing ring;

    private final Map<String, byte[]> opened = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST_CACHED;
        }
    };

    KeyStore(KeyRing ring) {
        this.ring = ring;
    }

    /** The key of a scope; made when there is none. */
    Uni<byte[]> ofScope(UnitOfWork unit, Scope scope) {
        String name = KeyNames.scopeKey(unit.tenant(), scope.stored());
        byte[] known = known(name);
        if (known != null) return Uni.createFrom().item(known);
        return ofTenant(unit)
                .chain(tenantKey -> wrapped(unit, scope, () -> Aes.seal(tenantKey, name, Aes.newKey()))
                        .map(wrapped -> Aes.open(tenantKey, name, wrapped)))
                .invoke(key -> unit.afterCommit(() -> keep(name, key)));
    }

    private Uni<byte[]> wrapped(UnitOfWork unit, Scope scope, Supplier<byte[]> fresh) {
        String read = "select wrapped from scope_key where tenant = ?1 and scope = ?2";
        return unit.query(byte[].class, read, unit.tenant(), scope.stored()).chain(found -> {
            if (!found.isEmpty()) return Uni.createFrom().item(found.getFirst());
            return unit.execute(
                            "insert into scope_key (tenant, scope, wrapped) values (?1, ?2, ?3) on conflict do nothing",
                            unit.tenant(),
                            scope.stored(),
                            fresh.get())
                    .chain(() -> unit.query(byte[].class, read, unit.tenant(), scope.stored()))
                    .map(rows -> rows.getFirst());
        });
    }

    private Uni<byte[]> ofTenant(UnitOfWork unit) {
        String name = KeyNames.tenantKey(unit.tenant());
        byte[] known = known(name);
        if (known != null) return Uni.createFrom().item(known);
        return wrapped(unit)
                .chain(found -> found.isEmpty()
                        ? create(unit, name).chain(() -> wrapped(unit))
                        : Uni.createFrom().item(found))
                .map(List::getFirst)
                .chain(row -> ring.unwrap((String) row[0], name, (byte[]) row[1]))
                .invoke(key -> unit.afterCommit(() -> keep(name, key)));
    }

    /** The id of the master key and the tenant's key as it wrapped it; empty when the tenant has none. */
    private static Uni<List<Object[]>> wrapped(UnitOfWork unit) {
        return unit.rows("select master_id, wrapped from tenant_key where tenant = ?1", unit.tenant());
    }

    private Uni<Integer> create(UnitOfWork unit, String name) {
        MasterKey master = ring.wrapping();
        return unit.execute(
                "insert into tenant_key (tenant, master_id, wrapped) values (?1, ?2, ?3) on conflict do nothing",
                unit.tenant(),
                master.id(),
                master.wrap(name, Aes.newKey()));
    }

    private synchronized byte @Nullable [] known(String name) {
        return opened.get(name);
    }

    /** Only after the commit: a key whose row was rolled back opens nothing. */
    private synchronized void keep(String name, byte[] key) {
        opened.put(name, key);
    }
}
