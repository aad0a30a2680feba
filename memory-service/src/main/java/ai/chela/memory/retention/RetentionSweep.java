package ai.chela.memory.retention;

import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.work.Ticker;
import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.memory.config.Keep;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.fact.Facts;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.recall.Meanings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Erases what is older than it may become, as forgetting does: keys and rows of all versions, with an audit entry each.
 * Retention is the company's rule, so pins do not count; legal holds do. Any number of instances do it together.
 */
@ApplicationScoped
public class RetentionSweep {
    private static final Logger LOG = Logger.getLogger(RetentionSweep.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int BATCH = 100;

    private final Aged aged;
    private final Holds holds;
    private final Facts facts;
    private final Meanings meanings;
    private final Transactions transactions;
    private final MemorySettings.Retention settings;
    private final Clock clock = Clock.systemUTC();
    private final Counter expired;
    private final Ticker ticker;

    public RetentionSweep(
            Aged aged,
            Holds holds,
            Facts facts,
            Meanings meanings,
            Transactions transactions,
            MemorySettings settings,
            Vertx vertx,
            MeterRegistry meters) {
        this.aged = aged;
        this.holds = holds;
        this.facts = facts;
        this.meanings = meanings;
        this.transactions = transactions;
        this.settings = settings.retention();
        this.expired = Counter.builder("chela.facts.expired")
                .description("memories erased because of their age")
                .register(meters);
        this.ticker = new Ticker("memory.retention", vertx, EVERY, this::sweep);
    }

    void start(@Observes StartupEvent event) {
        ticker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
    }

    /** Everything that is due now. */
    public Uni<Void> sweep() {
        Aged.Limits limits = limits(settings, clock.instant());
        return limits.none() ? Uni.createFrom().voidItem() : sweep(limits);
    }

    static Aged.Limits limits(MemorySettings.Retention settings, Instant now) {
        return new Aged.Limits(before(settings.person(), now), before(settings.tenant(), now));
    }

    private static @Nullable Instant before(Keep keep, Instant now) {
        return keep.limit().map(now::minus).orElse(null);
    }

    /** Everything that is older than that. */
    Uni<Void> sweep(Aged.Limits limits) {
        return aged.due(limits, BATCH)
                .chain(found -> erase(found, 0, limits, 0).chain(erased -> {
                    if (erased > 0) LOG.infof("memory.expired memories=%d", erased);
                    // a batch of which nothing could be erased is another instance's: the next round looks again
                    return found.size() == BATCH && erased > 0
                            ? sweep(limits)
                            : Uni.createFrom().voidItem();
                }));
    }

    private Uni<Integer> erase(List<Work> found, int at, Aged.Limits limits, int erased) {
        if (at == found.size()) return Uni.createFrom().item(erased);
        Work work = found.get(at);
        return transactions
                .run(
                        "memory.retention",
                        Origin.first(work.tenant(), Principal.service("memory"), null),
                        unit -> erase(unit, work.id(), limits))
                .chain(done -> erase(found, at + 1, limits, erased + (done ? 1 : 0)));
    }

    private Uni<Boolean> erase(UnitOfWork unit, String root, Aged.Limits limits) {
        return aged.claim(unit, root, limits).chain(scope -> {
            if (scope == null) return Uni.createFrom().item(false);
            return holds.held(unit, List.of(root))
                    .chain(held -> held ? Uni.createFrom().item(false) : erase(unit, scope, root));
        });
    }

    private Uni<Boolean> erase(UnitOfWork unit, Scope scope, String root) {
        unit.audit("memory.expired", root, "ok", null);
        unit.afterCommit(expired::increment);
        return facts.erase(unit, scope, root)
                .invoke(ids -> unit.afterCommit(() -> meanings.gone(unit.tenant(), scope, ids)))
                .replaceWith(true);
    }
}
