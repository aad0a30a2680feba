package ai.chela.memory.fact;

import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.work.Ticker;
import ai.chela.memory.fact.Keeping.Recalled;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts which memories are the answer. A recall must not wait for that, so counts are kept for a few seconds and stored
 * together; those of an instance that is killed are lost. Thread-safe.
 */
@ApplicationScoped
public class Uses {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Keeping keeping;
    private final Transactions transactions;
    private final Ticker ticker;
    private Map<String, Map<String, Recalled>> counted = new HashMap<>();

    Uses(Keeping keeping, Transactions transactions, Vertx vertx) {
        this.keeping = keeping;
        this.transactions = transactions;
        this.ticker = new Ticker("memory.uses", vertx, EVERY, this::store);
    }

    void start(@Observes StartupEvent event) {
        ticker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
    }

    /** This memory was the answer just now. */
    public synchronized void recalled(String tenant, Fact fact) {
        counted.computeIfAbsent(tenant, _ -> new HashMap<>())
                .merge(
                        fact.root(),
                        new Recalled(fact.root(), 1, Instant.now()),
                        (before, now) -> new Recalled(before.root(), before.times() + 1, now.at()));
    }

    /** Stores what was counted so far. */
    public Uni<Void> store() {
        return store(taken(), 0);
    }

    private record OfTenant(String tenant, List<Recalled> recalled) {}

    private synchronized List<OfTenant> taken() {
        List<OfTenant> taken = new ArrayList<>();
        counted.forEach((tenant, recalled) -> taken.add(new OfTenant(tenant, List.copyOf(recalled.values()))));
        counted = new HashMap<>();
        return taken;
    }

    private Uni<Void> store(List<OfTenant> taken, int at) {
        if (at == taken.size()) return Uni.createFrom().voidItem();
        OfTenant next = taken.get(at);
        Origin origin = Origin.first(next.tenant(), Principal.service("memory"), null);
        return transactions
                .run("memory.uses", origin, unit -> keeping.recalled(unit, next.recalled()))
                .chain(() -> store(taken, at + 1));
    }
}
