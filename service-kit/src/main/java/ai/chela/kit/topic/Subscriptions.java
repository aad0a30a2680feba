package ai.chela.kit.topic;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * What a service reads: an event of its start, which every bean that reads a topic observes and fills. How a topic is read
 * follows from its {@linkplain Topic#delivery() delivery}; a topic has one reader in a service.
 */
public final class Subscriptions {
    private static final Logger LOG = Logger.getLogger(Subscriptions.class);

    /** How many records without an order share a transaction. */
    private static final int BATCH = 50;

    /** Completes when the offsets of these records may be committed. */
    @FunctionalInterface
    interface Reader extends Function<List<ConsumerRecord<String, byte[]>>, Uni<Void>> {}

    /** @param batch how many records of a lane are handed over at once */
    record Subscription(Topic topic, int batch, Reader reader) {}

    private final Inbox inbox;
    private final Map<Topic, Subscription> all = new EnumMap<>(Topic.class);

    Subscriptions(Inbox inbox) {
        this.inbox = inbox;
    }

    /**
     * Reads a topic that is written through an outbox: effectively once, an ordered one in its order.
     *
     * @throws IllegalArgumentException when it is not such a topic, or is read already
     */
    public <T> void inbox(Topic topic, Class<T> type, Inbox.Handler<T> handler) {
        switch (topic.delivery()) {
            case ORDERED ->
                add(new Subscription(topic, 1, records -> inbox.receive(topic, type, records.getFirst(), handler)));
            case UNORDERED ->
                add(new Subscription(topic, BATCH, records -> inbox.receiveAll(topic, type, records, handler)));
            case QUESTION, BROADCAST, LATEST ->
                throw new IllegalArgumentException(topic.topicName() + " is not written through an outbox");
        }
    }

    /**
     * Reads a topic that knows neither outbox nor inbox. A record that cannot be read, or whose handler fails, is logged
     * and left: who asked asks again. The mark that a newest state was removed is passed over.
     */
    public <T> void direct(Topic topic, Class<T> type, BiFunction<Envelope, T, Uni<Void>> handler) {
        switch (topic.delivery()) {
            case ORDERED, UNORDERED ->
                throw new IllegalArgumentException(topic.topicName() + " is read through the inbox");
            case QUESTION, BROADCAST, LATEST ->
                add(new Subscription(topic, 1, records -> once(records.getFirst(), type, handler)));
        }
    }

    private static <T> Uni<Void> once(
            ConsumerRecord<String, byte[]> record, Class<T> type, BiFunction<Envelope, T, Uni<Void>> handler) {
        return Uni.createFrom()
                .deferred(() -> record.value() == null
                        ? Uni.createFrom().voidItem()
                        : handler.apply(KafkaRecords.envelope(record), WireJson.read(record.value(), type)))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf(
                            "record.%s topic=%s partition=%d offset=%d cause=%s",
                            failure instanceof MalformedRecordException ? "malformed" : "not-handled",
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            failure instanceof MalformedRecordException ? failure.getMessage() : failure.toString());
                    return Uni.createFrom().voidItem();
                });
    }

    private void add(Subscription subscription) {
        if (all.putIfAbsent(subscription.topic(), subscription) != null)
            throw new IllegalArgumentException(subscription.topic().topicName() + " is read twice in one service");
    }

    /** Those that the instances of the service share: each record goes to one of them. */
    List<Subscription> shared() {
        return of(Topic.Delivery.ORDERED, Topic.Delivery.UNORDERED, Topic.Delivery.QUESTION);
    }

    /** Those of which every instance reads every record. */
    List<Subscription> own() {
        return of(Topic.Delivery.BROADCAST, Topic.Delivery.LATEST);
    }

    private List<Subscription> of(Topic.Delivery... deliveries) {
        List<Topic.Delivery> wanted = List.of(deliveries);
        return new ArrayList<>(all.values().stream()
                .filter(subscription -> wanted.contains(subscription.topic().delivery()))
                .toList());
    }
}
