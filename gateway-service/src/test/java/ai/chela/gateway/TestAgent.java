package ai.chela.gateway;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The other side of the topics: what another service would read and write. */
public final class TestAgent implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Map<String, Long> NUMBERS = new ConcurrentHashMap<>();

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Queue<ConsumerRecord<String, byte[]>> unread = new ArrayDeque<>();

    /** Reads these topics from their beginning. */
    public TestAgent(String bootstrap, Topic... topics) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(topics).stream()
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Publishes as the topic's writer does, numbered per conversation. */
    public void publish(Topic topic, String conversation, Object payload) {
        publish(topic, Ids.random(), conversation, payload, next(topic, conversation));
    }

    /** The number that the writer would give next. */
    public long next(Topic topic, String conversation) {
        if (topic.delivery() != Topic.Delivery.ORDERED) return 0;
        return NUMBERS.merge(topic + "/" + conversation, 1L, Long::sum);
    }

    public void publish(Topic topic, String id, String conversation, Object payload, long number) {
        Envelope envelope = new Envelope(
                id,
                topic.topicName(),
                "chela/agent",
                Instant.now(),
                "local",
                Principal.service("agent"),
                conversation,
                null,
                null,
                number,
                null);
        try {
            producer.send(KafkaRecords.write(topic, envelope, WireJson.bytes(payload)))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next message of that kind for which this holds; fails when none comes. */
    public <T> Received<T> await(Topic topic, Class<T> type, Predicate<Received<T>> wanted) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<String, byte[]> record; (record = unread.poll()) != null; ) {
                if (!record.topic().equals(topic.topicName())) continue;
                Received<T> received =
                        new Received<>(KafkaRecords.envelope(record), WireJson.read(record.value(), type));
                if (wanted.test(received)) return received;
            }
            consumer.poll(Duration.ofMillis(200)).forEach(unread::add);
        }
        throw new AssertionError("nothing came on " + topic.topicName());
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
