package ai.chela.memory.recall;

import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.MemoryIndex;
import ai.chela.memory.index.Place;
import ai.chela.memory.index.Step;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings index and decrypted facts up to what the database holds: by the numbers of the changes, each scope from where it is. Who
 * waits for an answer waits for so many changes and no more; the rest of a scope that is far behind, as after its index was lost,
 * is done in the background.
 */
@ApplicationScoped
public class CatchUp {
    /** Of 2,000 changes each: about a quarter of a second. */
    private static final int MOST_ROUNDS = 4;

    /** Decrypted facts that are further behind than this are dropped, which is less work than to follow. */
    private static final long FAR_BEHIND = 1_000;

    private final Transactions transactions;
    private final Changes changes;
    private final MemoryIndex index;
    private final PreparedFacts prepared;
    private final OffLoop offLoop;
    private final Map<Place, Uni<Void>> underWay = new ConcurrentHashMap<>();

    CatchUp(Transactions transactions, Changes changes, MemoryIndex index, PreparedFacts prepared, OffLoop offLoop) {
        this.transactions = transactions;
        this.changes = changes;
        this.index = index;
        this.prepared = prepared;
        this.offLoop = offLoop;
    }

    /**
     * @param heads the number that each scope is at now
     * @param whole whether nothing is missing
     * @param fresh facts that were applied just now
     * @param uncommitted facts that the reading transaction has itself made current, which no index learns yet
     */
    record Caught(Map<Scope, Long> heads, boolean whole, List<Fact> fresh, List<Fact> uncommitted) {
        boolean empty() {
            return heads.values().stream().allMatch(head -> head == 0);
        }
    }

    /** All that was committed before is in when this completes, or it says that it is not. */
    Uni<Caught> now(Origin origin, List<Scope> scopes) {
        return round(pagesOf(origin), origin.tenant(), scopes, new Sofar(), MOST_ROUNDS);
    }

    /** As {@link #now}, in a unit that may have changed some itself. */
    Uni<Caught> within(UnitOfWork unit, List<Scope> scopes) {
        return round(known -> changes.since(unit, known), unit.tenant(), scopes, new Sofar(), MOST_ROUNDS);
    }

    /** All of a scope, without an end. Whoever comes while it is under way waits for the same. */
    Uni<Void> wholly(Place place) {
        return underWay.computeIfAbsent(
                place,
                _ -> wholly(place, pagesOf(service(place)))
                        .onTermination()
                        .invoke(() -> underWay.remove(place))
                        .memoize()
                        .indefinitely());
    }

    private Uni<Void> wholly(Place place, Pages pages) {
        return round(pages, place.tenant(), List.of(place.scope()), new Sofar(), 1)
                .chain(caught -> caught.whole() ? Uni.createFrom().voidItem() : wholly(place, pages));
    }

    static Origin service(Place place) {
        return Origin.first(place.tenant(), Principal.service("memory"), null);
    }

    private interface Pages {
        Uni<List<Changes.Page>> since(List<Changes.Known> known);
    }

    private Pages pagesOf(Origin origin) {
        return known -> transactions.run("recall.read", origin, unit -> changes.since(unit, known));
    }

    /** What the rounds have brought. Touched by one round after the other. */
    private static final class Sofar {
        private final Map<Scope, Long> heads = new HashMap<>();
        private final List<Fact> fresh = new ArrayList<>();
        private final List<Fact> uncommitted = new ArrayList<>();
    }

    private Uni<Caught> round(Pages pages, String tenant, List<Scope> scopes, Sofar sofar, int rounds) {
        return offLoop.arrive(index.reached(tenant, new HashSet<>(scopes)))
                .chain(reached -> known(pages, tenant, scopes, reached, sofar))
                .chain(more -> {
                    if (more && rounds > 1) return round(pages, tenant, scopes, sofar, rounds - 1);
                    return Uni.createFrom()
                            .item(new Caught(
                                    sofar.heads, !more, List.copyOf(sofar.fresh), List.copyOf(sofar.uncommitted)));
                });
    }

    private Uni<Boolean> known(Pages pages, String tenant, List<Scope> scopes, Map<Scope, Long> reached, Sofar sofar) {
        List<Changes.Known> known = scopes.stream()
                .map(scope ->
                        new Changes.Known(scope, since(new Place(tenant, scope), reached.getOrDefault(scope, 0L))))
                .toList();
        return pages.since(known).chain(read -> applied(tenant, known, reached, read, sofar, 0, false));
    }

    private long since(Place place, long reached) {
        long followed = prepared.change(place, reached);
        if (reached - followed > FAR_BEHIND) {
            prepared.drop(place);
            return reached;
        }
        return Math.min(followed, reached);
    }

    private Uni<Boolean> applied(
            String tenant,
            List<Changes.Known> known,
            Map<Scope, Long> reached,
            List<Changes.Page> pages,
            Sofar sofar,
            int at,
            boolean more) {
        if (at == known.size()) return Uni.createFrom().item(more);
        Changes.Known from = known.get(at);
        Changes.Page page = pages.get(at);
        Place place = new Place(tenant, from.scope());
        sofar.heads.put(from.scope(), page.head());
        return applied(place, reached.getOrDefault(from.scope(), 0L), page, sofar)
                .chain(() -> applied(tenant, known, reached, pages, sofar, at + 1, more || page.more()));
    }

    private Uni<Void> applied(Place place, long reached, Changes.Page page, Sofar sofar) {
        if (page.uncommitted())
            return offLoop.compute(() -> page.changes().get())
                    .invoke(read -> {
                        for (Change change : read)
                            if (change instanceof Change.Current(long _, Fact fact)) sofar.uncommitted.add(fact);
                    })
                    .replaceWithVoid();
        if (page.size() == 0 && page.head() <= reached) {
            prepared.follow(place, List.of(), Map.of(), page.head());
            return Uni.createFrom().voidItem();
        }
        return offLoop.compute(() -> read(page))
                .chain(read -> offLoop.arrive(index.apply(place, read.steps(), page.head()))
                        .invoke(() -> {
                            prepared.follow(place, read.changes(), read.prepared(), page.head());
                            for (Change change : read.changes())
                                if (change instanceof Change.Current(long number, Fact fact) && number > reached)
                                    sofar.fresh.add(fact);
                        }));
    }

    private record Read(List<Change> changes, List<Step> steps, Map<String, Prepared> prepared) {}

    private static Read read(Changes.Page page) {
        List<Change> changes = page.changes().get();
        List<Step> steps = new ArrayList<>(changes.size());
        Map<String, Prepared> prepared = new HashMap<>();
        for (Change change : changes)
            steps.add(
                    switch (change) {
                        case Change.Current(long number, Fact fact) -> {
                            Prepared made = Prepared.of(fact);
                            prepared.put(fact.id(), made);
                            yield new Step.Put(number, made.entry());
                        }
                        case Change.Gone(long number, String id) -> new Step.Gone(number, id);
                    });
        return new Read(changes, steps, prepared);
    }
}
