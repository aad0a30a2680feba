package ai.chela.launcher.bench;

import ai.chela.contracts.Topic;
import ai.chela.launcher.Problem;
import ai.chela.launcher.data.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads along what scheduler-service publishes, and compares the time of each record with the time at which it was due. */
final class Published implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ConcurrentLinkedQueue<Double> late = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    private Published(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().daemon().name("published fires").unstarted(this::read);
    }

    static Published from(Bench bench) throws IOException {
        Properties properties = BrokerAccess.of(bench);
        properties.put("enable.auto.commit", "false");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Published published = new Published(new KafkaConsumer<>(properties, bytes, bytes));
        String topic = Topic.TRIGGER_FIRED.topicName();
        List<TopicPartition> all = published.consumer.partitionsFor(topic).stream()
                .map(it -> new TopicPartition(topic, it.partition()))
                .toList();
        published.consumer.assign(all);
        published.consumer.seekToEnd(all);
        all.forEach(published.consumer::position); // the end as it is now, not at the first poll
        published.thread.start();
        return published;
    }

    private void read() {
        try (consumer) {
            while (!closed) for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) take(record);
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        JsonNode fired = Json.MAPPER.readTree(record.value());
        if (!fired.path("text").asText().startsWith("bench-fire-")) return;
        Instant due = Instant.parse(fired.path("dueAt").asText());
        late.add((record.timestamp() * 1_000_000L - nanos(due)) / 1e6);
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }

    /** So far. The time of a record is its producer's, in whole milliseconds. */
    Latencies lateness() {
        if (failure != null)
            throw new Problem("Published fires could not be read: " + Problem.reason(failure), failure);
        return Latencies.of(List.copyOf(late));
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
