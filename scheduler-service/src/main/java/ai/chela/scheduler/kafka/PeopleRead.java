package ai.chela.scheduler.kafka;

import ai.chela.contracts.Topic;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Tells when the persons that were told of before this start are all noted. */
@ApplicationScoped
public class PeopleRead {
    private static final Logger LOG = Logger.getLogger(PeopleRead.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** Far longer than a note takes, far shorter than anybody waits for a start. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private record Progress(boolean all, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> positions) {}

    private final KafkaClientService kafka;
    private final PersonChanges changes;

    public PeopleRead(KafkaClientService kafka, PersonChanges changes) {
        this.kafka = kafka;
        this.changes = changes;
    }

    /** Completes when the topic was read to the end that it has now; waits as long as Kafka is away. */
    public Uni<Void> complete() {
        return Uni.createFrom()
                .deferred(() ->
                        kafka.<String, byte[]>getConsumer("person-changed").runOnPollingThread(this::progress))
                .map(this::isComplete)
                .onFailure()
                .invoke(failure -> LOG.warnf("people.not-read-yet cause=%s", failure.toString()))
                .onFailure()
                .recoverWithItem(false)
                .onItem()
                .delayIt()
                .by(LOOK)
                .repeat()
                .until(complete -> complete)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Progress progress(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(Topic.PERSON_CHANGED.topicName())
                .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        if (partitions.isEmpty() || !consumer.assignment().containsAll(partitions))
            return new Progress(false, Map.of(), Map.of());
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (TopicPartition partition : partitions) positions.put(partition, consumer.position(partition, LOOK));
        return new Progress(true, consumer.endOffsets(partitions), positions);
    }

    /**
     * A partition is read when its last record is noted. Compaction may have removed that record: then the position has
     * passed the end, and nothing has been noted for a while because nothing is left.
     */
    private boolean isComplete(Progress progress) {
        return progress.all()
                && progress.ends().entrySet().stream()
                        .allMatch(end -> isRead(
                                end.getKey(),
                                end.getValue(),
                                progress.positions().getOrDefault(end.getKey(), 0L)));
    }

    private boolean isRead(TopicPartition partition, long end, long position) {
        return changes.notedUntil(partition) >= end || position >= end && changes.quietFor(QUIET);
    }
}
