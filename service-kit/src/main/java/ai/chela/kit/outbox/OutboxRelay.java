package ai.chela.kit.outbox;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.work.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends committed messages that nobody noted as sent within a second (their sender died, or Kafka was away), on any
 * instance, and removes rows whose topic no longer keeps the record either.
 */
@ApplicationScoped
public class OutboxRelay {
    private static final String OVERDUE = """
            select tenant, topic, id, extract(epoch from now() - created_at) as age from outbox
            where published_at is null and created_at < now() - interval '1 second'
            order by created_at limit 200""";
    private static final String PRUNE_OUTBOX =
            "delete from outbox where published_at is not null and created_at < now() - interval '72 hours'";
    private static final String PRUNE_INBOX =
            "delete from inbox where state <> 'held' and received_at < now() - interval '72 hours'";

    private final Pool queue;
    private final Transactions transactions;
    private final OutboxPublisher publisher;
    private final String service;
    private final Ticker relay;
    private final Ticker prune;
    private final AtomicLong ageMillis = new AtomicLong();

    public OutboxRelay(
            @ReactiveDataSource("queue") Pool queue,
            Transactions transactions,
            OutboxPublisher publisher,
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "chela.service") String service) {
        this.queue = queue;
        this.transactions = transactions;
        this.publisher = publisher;
        this.service = service;
        this.relay = new Ticker("outbox.relay", vertx, Duration.ofSeconds(1), this::relay);
        this.prune = new Ticker("outbox.prune", vertx, Duration.ofMinutes(10), this::prune);
        meters.gauge("chela.outbox.age.seconds", ageMillis, age -> age.get() / 1000.0);
    }

    void start(@Observes StartupEvent event) {
        relay.start();
        prune.start();
    }

    void stop(@Observes ShutdownEvent event) {
        relay.stop();
        prune.stop();
    }

    private record Stored(String tenant, String topic) {}

    private Uni<Void> relay() {
        return queue.query(OVERDUE).execute().chain(rows -> {
            Map<Stored, List<String>> overdue = grouped(rows);
            return Multi.createFrom()
                    .iterable(overdue.entrySet())
                    .onItem()
                    .transformToUniAndConcatenate(entry -> send(entry.getKey(), entry.getValue()))
                    .collect()
                    .last()
                    .replaceWithVoid();
        });
    }

    private Map<Stored, List<String>> grouped(RowSet<io.vertx.mutiny.sqlclient.Row> rows) {
        Map<Stored, List<String>> overdue = new LinkedHashMap<>();
        double oldest = 0;
        for (var row : rows) {
            oldest = Math.max(oldest, row.getDouble("age"));
            overdue.computeIfAbsent(new Stored(row.getString("tenant"), row.getString("topic")), _ -> new ArrayList<>())
                    .add(row.getString("id"));
        }
        ageMillis.set((long) (oldest * 1000));
        return overdue;
    }

    private Uni<Void> send(Stored stored, List<String> ids) {
        Origin origin = Origin.first(stored.tenant(), Principal.service(service), null);
        return transactions
                .run("outbox.relay", origin, unit -> OutboxStore.read(unit, Topic.named(stored.topic()), ids))
                .invoke(publisher::publish)
                .replaceWithVoid();
    }

    private Uni<Void> prune() {
        return queue.query(PRUNE_OUTBOX)
                .execute()
                .chain(() -> queue.query(PRUNE_INBOX).execute())
                .replaceWithVoid();
    }
}
