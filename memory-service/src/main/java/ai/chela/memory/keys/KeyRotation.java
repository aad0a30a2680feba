package ai.chela.memory.keys;

import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.work.Ticker;
import ai.chela.memory.crypto.KeyNames;
import ai.chela.memory.crypto.MasterKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Wraps every tenant's key with the wanted master key, in the background, as soon as all instances have that key. Any
 * number of instances do it together; each tenant is one transaction, so that one that is killed leaves every key wrapped
 * either as before or as wanted, and the row says by which.
 */
@ApplicationScoped
public class KeyRotation {
    private static final Logger LOG = Logger.getLogger(KeyRotation.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int BATCH = 200;

    /** Others wait a little longer for this instance when the database is away. */
    private static final Duration TO_LEAVE = Duration.ofSeconds(1);

    private final KeyRing ring;
    private final KeyHolders holders;
    private final Transactions transactions;
    private final Ticker ticker;
    private volatile Map<String, Long> wrapped = Map.of();
    private volatile boolean told = true;

    public KeyRotation(KeyRing ring, KeyHolders holders, Transactions transactions, Vertx vertx, MeterRegistry meters) {
        this.ring = ring;
        this.holders = holders;
        this.transactions = transactions;
        this.ticker = new Ticker("keys.rotation", vertx, EVERY, this::step);
        meters.gauge("chela.memory.keys.former", this, KeyRotation::former);
    }

    void start(@Observes StartupEvent event) {
        ticker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
        holders.leave()
                .ifNoItem()
                .after(TO_LEAVE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.infof("keys.not-left cause=%s", failure.toString()))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }

    /** How many tenants' keys are wrapped by another master key than the wanted one. */
    public long former() {
        String wanted = ring.ids().getFirst();
        return wrapped.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(wanted))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many of them cannot be opened: the key that wrapped them is not at hand. */
    public long locked() {
        List<String> known = ring.ids();
        return wrapped.entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** One round: says which keys this instance has, chooses the one that wraps, and rewraps what is left to do. */
    Uni<Void> step() {
        return ring.reload()
                .chain(() -> holders.note(ring.ids()))
                .chain(() -> holders.others())
                .invoke(others -> ring.wrapWith(Agreement.wrapping(ring.ids(), others)))
                .chain(this::count)
                .chain(() ->
                        agreed() && former() > 0 ? rewrap("") : Uni.createFrom().voidItem())
                .invoke(this::tell);
    }

    private boolean agreed() {
        return ring.wrapping().id().equals(ring.ids().getFirst());
    }

    private Uni<Void> count() {
        return holders.wrapped().invoke(found -> wrapped = found).replaceWithVoid();
    }

    /** Tenants in the order of their names, so that one that cannot be opened does not hold up the others. */
    private Uni<Void> rewrap(String after) {
        String wanted = ring.wrapping().id();
        return holders.wrappedByOthers(wanted, after, BATCH).chain(tenants -> {
            if (tenants.isEmpty()) return count();
            return rewrap(tenants, 0).chain(() -> rewrap(tenants.getLast()));
        });
    }

    private Uni<Void> rewrap(List<String> tenants, int at) {
        if (at == tenants.size()) return Uni.createFrom().voidItem();
        String tenant = tenants.get(at);
        return transactions
                .run("keys.rewrap", Origin.first(tenant, Principal.service("memory"), null), this::rewrap)
                .onFailure()
                .invoke(failure -> LOG.errorf("keys.rewrap-failed tenant=%s cause=%s", tenant, failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .chain(() -> rewrap(tenants, at + 1));
    }

    /** Skipped when another instance is at it. */
    private Uni<Void> rewrap(UnitOfWork unit) {
        MasterKey master = ring.wrapping();
        String name = KeyNames.tenantKey(unit.tenant());
        return unit.rows(
                        "select master_id, wrapped from tenant_key where tenant = ?1 and master_id <> ?2"
                                + " for update skip locked",
                        unit.tenant(),
                        master.id())
                .chain(rows -> {
                    if (rows.isEmpty()) return Uni.createFrom().voidItem();
                    return ring.unwrap((String) rows.getFirst()[0], name, (byte[]) rows.getFirst()[1])
                            .chain(key -> unit.execute(
                                    "update tenant_key set master_id = ?2, wrapped = ?3 where tenant = ?1",
                                    unit.tenant(),
                                    master.id(),
                                    master.wrap(name, key)))
                            .invoke(() -> unit.audit("key.rewrapped", master.id(), "ok", null))
                            .replaceWithVoid();
                });
    }

    private void tell() {
        long locked = locked();
        if (locked > 0)
            LOG.errorf("keys.missing tenants=%d: put the former master key back where CHELA_MASTER_KEY points", locked);
        boolean done = former() == 0;
        if (done && !told)
            LOG.infof(
                    "keys.rotated master=%s: former keys wrap nothing",
                    ring.wrapping().id());
        else if (!done && agreed()) LOG.infof("keys.rewrapping tenants-left=%d", former());
        else if (!done)
            LOG.infof(
                    "keys.waiting for=%s: an instance does not have it yet",
                    ring.ids().getFirst());
        told = done;
    }
}
