package ai.chela.kit.topic;

import ai.chela.contracts.Topic;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.topic.Subscriptions.Subscription;
import ai.chela.kit.wire.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The consumers of a service: one for what its instances share, one for what every instance reads. They are ready once the first
 * has joined its group and the second has caught up.
 */
@ApplicationScoped
public class TopicReaders {
    private final Event<Subscriptions> subscribing;
    private final Inbox inbox;
    private final KafkaSettings kafka;
    private final MeterRegistry meters;
    private final String service;
    private final int parallel;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile List<TopicReader> readers = List.of();

    public TopicReaders(
            Event<Subscriptions> subscribing,
            Inbox inbox,
            KafkaSettings kafka,
            MeterRegistry meters,
            @ConfigProperty(name = "chela.service") String service,
            @ConfigProperty(name = "chela.topics.parallel") int parallel) {
        if (parallel < 1)
            throw new IllegalArgumentException("chela.topics.parallel is " + parallel + ". Allowed: at least 1");
        this.subscribing = subscribing;
        this.inbox = inbox;
        this.kafka = kafka;
        this.meters = meters;
        this.service = service;
        this.parallel = parallel;
    }

    /** After everything else has started: records come at once. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
        Subscriptions subscriptions = new Subscriptions(inbox);
        subscribing.fire(subscriptions);
        List<TopicReader> started = new ArrayList<>();
        if (!subscriptions.shared().isEmpty())
            started.add(reader("shared", subscriptions.shared(), new GroupReading(), group()));
        if (!subscriptions.own().isEmpty())
            started.add(reader("own", subscriptions.own(), new WholeReading(), Map.of()));
        readers = List.copyOf(started);
        readers.forEach(TopicReader::start);
        CompletableFuture.allOf(readers.stream().map(TopicReader::whenReady).toArray(CompletableFuture[]::new))
                .thenRun(() -> caughtUp.complete(null));
    }

    /** Before everything else stops: nothing new comes in. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event)
            throws InterruptedException {
        for (TopicReader reader : readers) reader.stop();
    }

    private TopicReader reader(
            String name, List<Subscription> read, TopicReader.Reading reading, Map<String, Object> more) {
        Map<String, Object> settings = kafka.with(more);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // how long Kafka keeps a question that it has nothing for; a consumer that closes waits for the end of its last
        // one
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "1000");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "200");
        settings.keySet().retainAll(ConsumerConfig.configNames());
        TopicReader reader = new TopicReader(
                name,
                read,
                parallel,
                _ -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                reading);
        for (Topic topic : reader.topics())
            meters.gauge(
                    "chela.topic.lag.records",
                    List.of(io.micrometer.core.instrument.Tag.of("topic", topic.topicName())),
                    reader,
                    of -> of.lag(topic));
        return reader;
    }

    /** A member that is gone is noticed after 6 s; see the decision on messaging. */
    private Map<String, Object> group() {
        return Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                "chela-" + service,
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                "classic",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                "6000",
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                "1500");
    }

    /** Completes once everything has been handled that newest-state topics held when this service began to read them. */
    public Uni<Void> caughtUp() {
        return Uni.createFrom().completionStage(caughtUp);
    }

    /** Topics that are not read yet, or no longer. */
    List<String> waiting() {
        return readers.stream()
                .filter(reader -> !reader.ready() || !reader.alive())
                .flatMap(reader -> reader.topics().stream())
                .map(Topic::topicName)
                .sorted()
                .toList();
    }
}
