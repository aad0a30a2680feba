package ai.chela.kit.outbox;

import ai.chela.kit.wire.KafkaSettings;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The one Kafka producer of a service. Messages name their topic at run time, which channels fixed at build time cannot.
 */
@ApplicationScoped
public class KafkaSender {
    private final KafkaProducer<String, byte[]> producer;

    /** {@code send} may wait for metadata, so it has a thread of its own, which also keeps the order. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("kafka-send").daemon().factory());

    public KafkaSender(KafkaSettings kafka) {
        Map<String, Object> settings = kafka.with(Map.of());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, "8388608");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        settings.keySet().retainAll(ProducerConfig.configNames());
        producer = new KafkaProducer<>(settings);
    }

    /**
     * Sends a record in the background.
     *
     * @param done told once, with null when all in-sync replicas have the record, on any thread
     */
    public void send(ProducerRecord<String, byte[]> record, Consumer<@Nullable Exception> done) {
        thread.execute(() -> {
            try {
                producer.send(record, (_, failure) -> done.accept(failure));
            } catch (RuntimeException e) {
                done.accept(e);
            }
        });
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) {
        thread.shutdown();
        producer.close(Duration.ofSeconds(3));
    }
}
