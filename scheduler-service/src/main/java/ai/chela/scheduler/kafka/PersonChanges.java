package ai.chela.scheduler.kafka;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.identity.PersonChanged;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.WireJson;
import ai.chela.scheduler.due.Owners;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Notes who may still act. The topic is read from its beginning at every start. */
@ApplicationScoped
public class PersonChanges {
    private static final Logger LOG = Logger.getLogger(PersonChanges.class);

    private final Transactions transactions;
    private final Owners owners;
    private final Map<TopicPartition, Long> noted = new ConcurrentHashMap<>();
    private volatile long lastNoted = System.nanoTime();

    public PersonChanges(Transactions transactions, Owners owners) {
        this.transactions = transactions;
        this.owners = owners;
    }

    /** Tries until it is noted: firing for someone who has left is worse than firing late. */
    @Incoming("person-changed")
    public Uni<Void> onPersonChanged(ConsumerRecord<String, byte[]> record) {
        return Uni.createFrom()
                .deferred(() -> note(record))
                .onFailure(MalformedRecordException.class)
                .recoverWithItem(failure -> {
                    LOG.errorf(
                            "person.unreadable partition=%d offset=%d cause=%s",
                            record.partition(), record.offset(), failure.getMessage());
                    return null;
                })
                .onFailure()
                .invoke(failure -> LOG.warnf("person.not-noted cause=%s", failure.toString()))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(5))
                .indefinitely()
                .invoke(() -> {
                    noted.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                    lastNoted = System.nanoTime();
                });
    }

    /** Up to which offset, exclusive, a partition's records are noted; 0 when none was. */
    long notedUntil(TopicPartition partition) {
        return noted.getOrDefault(partition, 0L);
    }

    /** Whether nothing was noted for that long. */
    boolean quietFor(Duration time) {
        return System.nanoTime() - lastNoted > time.toNanos();
    }

    private Uni<Void> note(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) return Uni.createFrom().voidItem();
        Envelope envelope = KafkaRecords.envelope(record);
        PersonChanged person = WireJson.read(record.value(), PersonChanged.class);
        return transactions.run("person.note", Origin.of(envelope), unit -> owners.note(unit, person, envelope.time()));
    }
}
