package ai.chela.scheduler.watch;

import ai.chela.kit.work.Ticker;
import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.scheduler.watch.LeaseStore.Held;
import ai.chela.scheduler.watch.LeaseStore.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Renews the short leases of what this instance has under way, by one statement for all of a kind, so that what a killed
 * instance held is soon taken over. A lease that was lost needs no word here: what is done under it is thrown away by its
 * fence. Thread-safe.
 */
@ApplicationScoped
public class HeldLeases {
    /** With the scan of whoever takes over it makes less than the five seconds in which a killed instance is replaced. */
    static final Duration LEASE = Duration.ofMillis(3_500);

    private static final Logger LOG = Logger.getLogger(HeldLeases.class);
    private static final Duration RENEWAL = Duration.ofMillis(700);
    private static final Duration TO_GIVE_BACK = Duration.ofSeconds(2);

    private final LeaseStore store;
    private final Ticker renewal;
    private final Map<Kind, Set<Held>> held = new EnumMap<>(Kind.class);

    public HeldLeases(LeaseStore store, Vertx vertx) {
        this.store = store;
        for (Kind kind : Kind.values()) held.put(kind, ConcurrentHashMap.newKeySet());
        this.renewal = new Ticker("lease.renewal", vertx, RENEWAL, this::renew);
    }

    /** Does something under a lease that was just taken, and renews it meanwhile. */
    Uni<Void> during(Kind kind, Work work, long fence, Supplier<Uni<Void>> doing) {
        Held lease = new Held(work.tenant(), work.id(), fence);
        Set<Held> ofKind = held.getOrDefault(kind, Set.of());
        return Uni.createFrom()
                .deferred(() -> {
                    ofKind.add(lease);
                    return doing.get();
                })
                .eventually(() -> ofKind.remove(lease));
    }

    void start() {
        renewal.start();
    }

    /** Gives back what is held; what is still under way commits only if nobody is quicker. */
    void stop() {
        renewal.stop();
        held.forEach((kind, leases) -> {
            List<Held> left = List.copyOf(leases);
            if (left.isEmpty()) return;
            try {
                store.release(kind, left).await().atMost(TO_GIVE_BACK);
            } catch (RuntimeException failure) {
                LOG.warnf("lease.not-given-back kind=%s count=%d cause=%s", kind, left.size(), failure.toString());
            }
        });
    }

    private Uni<Void> renew() {
        return renew(Kind.CHECK).chain(() -> renew(Kind.ASKED));
    }

    private Uni<Void> renew(Kind kind) {
        List<Held> leases = List.copyOf(held.getOrDefault(kind, Set.of()));
        if (leases.isEmpty()) return Uni.createFrom().voidItem();
        return store.renew(kind, leases, LEASE).ifNoItem().after(LEASE).fail();
    }
}
