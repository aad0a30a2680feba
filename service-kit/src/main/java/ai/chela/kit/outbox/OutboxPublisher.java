package ai.chela.kit.outbox;

import ai.chela.kit.fault.CrashPoint;
import ai.chela.kit.fault.CrashPoints;
import ai.chela.kit.wire.KafkaRecords;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Sends committed messages at once. What could not be sent, or was not noted as sent, is left to the {@link OutboxRelay};
 * a reader recognises what arrives twice.
 */
@ApplicationScoped
public class OutboxPublisher {
    private static final Logger LOG = Logger.getLogger(OutboxPublisher.class);
    private static final String MARK = """
            update outbox o set published_at = now()
            from unnest($1::text[], $2::text[], $3::text[]) as sent(tenant, topic, id)
            where o.tenant = sent.tenant and o.topic = sent.topic and o.id = sent.id""";

    /** Nobody waits for the note, and the relay leaves a message alone for a second: so that one serves many. */
    private static final long GATHER_MILLIS = 100;

    /** What is not urgent, together, costs Kafka and its reader a fraction. */
    private static final long UNHURRIED_MILLIS = 200;

    private final KafkaSender sender;
    private final Pool queue;
    private final Queue<OutboxRow> sent = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean marking = new AtomicBoolean();
    private final Queue<OutboxRow> unhurried = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean gathering = new AtomicBoolean();
    private final Vertx vertx;

    public OutboxPublisher(KafkaSender sender, @ReactiveDataSource("queue") Pool queue, Vertx vertx) {
        this.sender = sender;
        this.queue = queue;
        this.vertx = vertx;
    }

    /** Sends these, those that are not urgent a little later; returns at once. */
    public void publish(List<OutboxRow> rows) {
        for (OutboxRow row : rows)
            if (row.topic().urgent()) send(row);
            else sendSoon(row);
    }

    private void sendSoon(OutboxRow row) {
        unhurried.add(row);
        if (gathering.compareAndSet(false, true)) vertx.setTimer(UNHURRIED_MILLIS, _ -> sendGathered());
    }

    private void sendGathered() {
        gathering.set(false);
        for (OutboxRow row; (row = unhurried.poll()) != null; ) send(row);
    }

    void stop(@Observes ShutdownEvent event) {
        sendGathered();
    }

    private void send(OutboxRow row) {
        CrashPoints.reach(CrashPoint.PUBLISH_BEFORE);
        sender.send(KafkaRecords.write(row.topic(), row.envelope(), row.payload()), failure -> {
            if (failure == null) {
                CrashPoints.reach(CrashPoint.PUBLISH_AFTER);
                sent.add(row);
                markSoon();
            } else {
                LOG.warnf(
                        "outbox.send-failed topic=%s id=%s cause=%s",
                        row.topic().topicName(), row.id(), failure.getClass().getSimpleName());
            }
        });
    }

    private void markSoon() {
        if (marking.compareAndSet(false, true)) vertx.setTimer(GATHER_MILLIS, _ -> mark());
    }

    /** Notes in batches what was sent: one statement at a time, which takes all that came meanwhile. */
    private void mark() {
        List<OutboxRow> batch = new ArrayList<>();
        for (OutboxRow row; batch.size() < 500 && (row = sent.poll()) != null; ) batch.add(row);
        if (batch.isEmpty()) {
            again();
            return;
        }
        Tuple ids = Tuple.of(
                batch.stream().map(r -> r.envelope().tenant()).toArray(String[]::new),
                batch.stream().map(r -> r.topic().topicName()).toArray(String[]::new),
                batch.stream().map(OutboxRow::id).toArray(String[]::new));
        queue.preparedQuery(MARK).execute(ids).subscribe().with(_ -> again(), failure -> {
            LOG.warnf("outbox.mark-failed rows=%d cause=%s", batch.size(), failure.toString());
            marking.set(false);
        });
    }

    private void again() {
        marking.set(false);
        if (!sent.isEmpty()) markSoon();
    }
}
