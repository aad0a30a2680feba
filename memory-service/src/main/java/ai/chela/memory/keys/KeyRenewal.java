package ai.chela.memory.keys;

import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.work.Ticker;
import ai.chela.memory.keys.Renewals.Progress;
import ai.chela.memory.keys.Renewals.Renewal;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys of tenants and scopes anew where an operator wants it, in the background and in short transactions, so that
 * questions and writes go on. Any number of instances do it together, and one that is killed leaves what the next one goes on
 * from: every key says which generation wraps it, and the former key stays until nothing hangs on it.
 */
@ApplicationScoped
public class KeyRenewal {
    private static final Logger LOG = Logger.getLogger(KeyRenewal.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int PAGE = 200;

    /** Far longer than any read takes that has seen something under the former key and asks for that key now. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Renewals renewals;
    private final Transactions transactions;
    private final Ticker ticker;
    private volatile int open;

    public KeyRenewal(Renewals renewals, Transactions transactions, Vertx vertx, MeterRegistry meters) {
        this.renewals = renewals;
        this.transactions = transactions;
        this.ticker = new Ticker("keys.renewal", vertx, EVERY, () -> round(PATIENCE));
        meters.gauge("chela.memory.keys.renewing", this, KeyRenewal::open);
    }

    void start(@Observes StartupEvent event) {
        ticker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
    }

    /** How many keys were being renewed at the last round. */
    public int open() {
        return open;
    }

    /** Every renewal as far as it can go now. */
    Uni<Void> round(Duration patience) {
        return page(null, 0, patience).invoke(found -> open = found).replaceWithVoid();
    }

    /** How many are left. */
    private Uni<Integer> page(@Nullable Renewal after, int left, Duration patience) {
        return renewals.open(after, PAGE)
                .chain(found -> each(found, 0, left, patience)
                        .chain(sofar -> found.size() < PAGE
                                ? Uni.createFrom().item(sofar)
                                : page(found.getLast(), sofar, patience)));
    }

    private Uni<Integer> each(List<Renewal> found, int at, int left, Duration patience) {
        if (at == found.size()) return Uni.createFrom().item(left);
        Renewal renewal = found.get(at);
        return whole(renewal, patience)
                .onFailure()
                .invoke(failure -> LOG.errorf(
                        "keys.renewal outcome=failed tenant=%s cause=%s", renewal.tenant(), failure.getMessage()))
                .onFailure()
                .recoverWithItem(false)
                .chain(done -> each(found, at + 1, done ? left : left + 1, patience));
    }

    /** Whether it is finished; it is not when something has to be waited for. A renewal may have many thousand steps. */
    private Uni<Boolean> whole(Renewal renewal, Duration patience) {
        AtomicLong reached = new AtomicLong();
        return Uni.createFrom()
                .deferred(() -> step(renewal, reached.get(), patience))
                .invoke(progress -> {
                    if (progress instanceof Progress.More(long next)) reached.set(next);
                })
                .repeat()
                .whilst(Progress.More.class::isInstance)
                .collect()
                .last()
                .map(Progress.Done.class::isInstance)
                .invoke(done -> {
                    if (done) LOG.infof("keys.renewal outcome=done tenant=%s", renewal.tenant());
                });
    }

    /** One step in a transaction of its own. */
    Uni<Progress> step(Renewal renewal, long after, Duration patience) {
        Origin origin = Origin.first(renewal.tenant(), Principal.service("memory"), null);
        return transactions.run("keys.renewal", origin, unit -> renewals.step(unit, renewal.scope(), after, patience));
    }
}
