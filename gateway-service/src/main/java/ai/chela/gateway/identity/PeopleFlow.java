package ai.chela.gateway.identity;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.identity.PersonChanged;
import ai.chela.kit.outbox.DirectSender;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.work.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps the directory fresh and tells the other services of everybody, at the start and at each change. */
@ApplicationScoped
public class PeopleFlow {
    private static final Duration PAIRED_EVERY = Duration.ofSeconds(10);

    private final Directory directory;
    private final Transactions transactions;
    private final DirectSender sender;
    private final Origin origin;
    private final Ticker ticker;
    private volatile Set<PersonChanged> announced = Set.of();
    private volatile long pairedDueNanos = System.nanoTime();

    public PeopleFlow(
            Directory directory,
            Transactions transactions,
            DirectSender sender,
            Vertx vertx,
            @ConfigProperty(name = "chela.tenant") String tenant) {
        this.directory = directory;
        this.transactions = transactions;
        this.sender = sender;
        this.origin = Origin.first(tenant, Principal.service("gateway"), null);
        this.ticker = new Ticker("people.refresh", vertx, Duration.ofSeconds(1), this::refresh);
    }

    void start(@Observes StartupEvent event) {
        ticker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
    }

    /** Looks again as soon as possible: a pairing has just changed something. */
    public void nudge() {
        pairedDueNanos = System.nanoTime();
        ticker.nudge();
    }

    private Uni<Void> refresh() {
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(directory::refresh)
                .chain(this::readPaired)
                .chain(this::announce);
    }

    /** Other instances confirm pairings too, so the tables are read from time to time; after an own one at once. */
    private Uni<Void> readPaired() {
        long now = System.nanoTime();
        if (now < pairedDueNanos) return Uni.createFrom().voidItem();
        return transactions
                .run("people.paired", origin, PersonStore::paired)
                .invoke(paired -> {
                    directory.paired(paired);
                    pairedDueNanos = now + PAIRED_EVERY.toNanos();
                })
                .replaceWithVoid();
    }

    private Uni<Void> announce() {
        Set<PersonChanged> now = directory.people().stream()
                .map(person -> person.announced(true))
                .collect(Collectors.toSet());
        if (!directory.loaded() || now.equals(announced))
            return Uni.createFrom().voidItem();
        return transactions
                .run("people.announce", origin, unit -> PersonStore.remember(unit, now))
                .chain(this::send)
                .invoke(() -> announced = now);
    }

    private Uni<Void> send(List<PersonChanged> people) {
        return Multi.createFrom()
                .iterable(people)
                .onItem()
                .transformToUniAndConcatenate(person ->
                        sender.send(Topic.PERSON_CHANGED, origin, Ids.random(), "person:" + person.id(), person))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
