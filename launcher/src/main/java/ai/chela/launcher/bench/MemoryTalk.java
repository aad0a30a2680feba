package ai.chela.launcher.bench;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.launcher.Problem;
import ai.chela.launcher.data.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Talks to memory-service over the topics that the agent uses, on behalf of a person of the benchmark's own. Answers are matched
 * by the id of the call; those that others wait for are passed over.
 */
final class MemoryTalk implements AutoCloseable {
    private static final String TENANT = "local";
    private static final String PERSON = "chela-bench";
    private static final Duration POLL = Duration.ofMillis(200);

    /** What questions are spread over: one conversation is one partition. */
    private static final int CONVERSATIONS = 16;

    /**
     * An answer.
     *
     * @param arrivedNanos when the client had it, by the clock of {@link System#nanoTime}
     */
    record Answer(long arrivedNanos, JsonNode content) {}

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
    private final Thread thread;
    private int sent;
    private volatile boolean closed;

    private MemoryTalk(KafkaProducer<String, byte[]> producer, KafkaConsumer<String, byte[]> consumer) {
        this.producer = producer;
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().daemon().name("answers of memory").unstarted(this::read);
    }

    static MemoryTalk with(Bench bench) throws IOException {
        Properties writing = BrokerAccess.of(bench);
        writing.put("linger.ms", "0");
        Properties reading = BrokerAccess.of(bench);
        reading.put("enable.auto.commit", "false");
        MemoryTalk talk = new MemoryTalk(
                new KafkaProducer<>(writing, new StringSerializer(), new ByteArraySerializer()),
                new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer()));
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : List.of(Topic.RECALL_COMPLETED, Topic.MEMORY_CHANGED))
            talk.consumer
                    .partitionsFor(topic.topicName())
                    .forEach(it -> all.add(new TopicPartition(it.topic(), it.partition())));
        talk.consumer.assign(all);
        talk.consumer.seekToEnd(all);
        all.forEach(talk.consumer::position); // the end as it is now, not at the first poll
        talk.thread.start();
        return talk;
    }

    static String freshId() {
        return "bench-" + UUID.randomUUID();
    }

    /**
     * Sends a message; its answer comes, or never does.
     *
     * @param callId the one in the payload
     */
    CompletableFuture<Answer> send(Topic topic, String callId, Object payload) throws IOException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        open.put(callId, answer);
        Envelope envelope = new Envelope(
                callId,
                topic.topicName(),
                "chela/bench",
                Instant.now(),
                TENANT,
                Principal.person(PERSON),
                "chela-bench-memory-" + sent++ % CONVERSATIONS,
                null,
                null,
                0,
                null);
        byte[] bytes =
                Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(payload);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.topicName(), envelope.key(), bytes);
        headers(envelope).forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record, (_, failure) -> {
            if (failure != null) answer.completeExceptionally(failure);
        });
        return answer;
    }

    private static Map<String, String> headers(Envelope envelope) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", envelope.id());
        headers.put("ce_type", envelope.type());
        headers.put("ce_source", envelope.source());
        headers.put("ce_time", envelope.time().toString());
        headers.put("ce_subject", String.valueOf(envelope.conversation()));
        headers.put("content-type", "application/json");
        headers.put("tenant", envelope.tenant());
        headers.put("principal", envelope.principal().header());
        return headers;
    }

    private void read() {
        try (consumer) {
            while (!closed) for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) take(record);
        } catch (IOException | RuntimeException e) {
            Problem problem = new Problem("Answers of memory could not be read: " + Problem.reason(e), e);
            open.values().forEach(answer -> answer.completeExceptionally(problem));
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) throws IOException {
        long now = System.nanoTime();
        JsonNode content = Json.MAPPER.readTree(record.value());
        @Nullable
        CompletableFuture<Answer> answer = open.remove(content.path("callId").asText());
        if (answer != null) answer.complete(new Answer(now, content));
    }

    @Override
    public void close() {
        closed = true;
        producer.close();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
