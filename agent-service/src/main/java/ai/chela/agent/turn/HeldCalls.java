package ai.chela.agent.turn;

import ai.chela.agent.journal.Journal;
import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The model calls that are under way in this instance. Their leases are renewed together, one statement a tenant however
 * many they are; a call whose lease went to somebody else is broken off. Thread-safe.
 */
final class HeldCalls {
    private static final Logger LOG = Logger.getLogger(HeldCalls.class);

    /** A holder that is gone is noticed after this. */
    static final Duration LEASE = Duration.ofSeconds(4);

    /** Renewed so often that two renewals may fail. */
    static final Duration RENEWAL = LEASE.dividedBy(3);

    private final Transactions transactions;
    private final Map<ModelCalls.UnderWay, Cancellable> held = new ConcurrentHashMap<>();

    HeldCalls(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Holds a call until {@link #ended}. */
    void began(ModelCalls.UnderWay call) {
        held.put(call, () -> {});
    }

    /** How to break it off; nothing when it has ended already. */
    void breaksOffBy(ModelCalls.UnderWay call, Cancellable cancellable) {
        held.replace(call, cancellable);
    }

    void ended(ModelCalls.UnderWay call) {
        held.remove(call);
    }

    int size() {
        return held.size();
    }

    /** Renews the leases of all. */
    Uni<Void> renew() {
        return forEachTenant((origin, calls) -> transactions
                .run("model.lease", origin, unit -> Journal.renew(unit, calls, LEASE))
                .invoke(kept -> calls.stream()
                        .filter(call -> !kept.contains(call.row().id()))
                        .forEach(this::breakOff)));
    }

    /** Gives the leases back, so that another instance need not wait for their end. */
    Uni<Void> giveBack() {
        return forEachTenant((origin, calls) -> transactions
                .run("model.give-back", origin, unit -> Journal.renew(unit, calls, Duration.ZERO))
                .invoke(_ -> calls.forEach(this::breakOff)));
    }

    private void breakOff(ModelCalls.UnderWay call) {
        Cancellable cancellable = held.remove(call);
        if (cancellable == null) return;
        LOG.infof("model.broken-off turn=%s fence=%d", call.row().id(), call.fence());
        cancellable.cancel();
    }

    private interface ForTenant {
        Uni<Set<String>> apply(Origin origin, List<ModelCalls.UnderWay> calls);
    }

    private Uni<Void> forEachTenant(ForTenant action) {
        Map<String, List<ModelCalls.UnderWay>> tenants = held.keySet().stream()
                .collect(Collectors.groupingBy(call -> call.origin().tenant()));
        return Multi.createFrom()
                .iterable(tenants.entrySet())
                .onItem()
                .transformToUniAndConcatenate(entry ->
                        action.apply(Origin.first(entry.getKey(), Principal.service("agent"), null), entry.getValue()))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
