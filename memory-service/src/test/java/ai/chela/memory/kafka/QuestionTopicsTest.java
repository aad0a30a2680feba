package ai.chela.memory.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.MemoryViewed;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecallRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.view.ViewRequested;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import ai.chela.memory.MemoryDriver;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.TestMasterKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions and answers over a real broker. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class QuestionTopicsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    MemoryDriver memory;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap = "";

    private Voice ann = new Voice("none", "ann", false);

    @BeforeEach
    void freshTenant() {
        ann = new Voice("t-" + Ids.random(), "ann", false);
    }

    @Test
    void a_question_over_kafka_is_answered_with_its_call_and_its_conversation() throws Exception {
        memory.remember(ann, "the staging database is db-17");
        ask(
                Topic.RECALL_REQUESTED,
                "q1",
                WireJson.bytes(new RecallRequested("call", "which database does staging use?", false, 5)));
        ConsumerRecord<String, byte[]> answer = answer(Topic.RECALL_COMPLETED, "q1", "recall-completed");
        RecallCompleted completed = WireJson.read(answer.value(), RecallCompleted.class);
        assertTrue(completed.certain());
        assertEquals("call", completed.callId());
        assertEquals(
                "the staging database is db-17", completed.facts().getFirst().text());
        assertEquals("talk", KafkaRecords.envelope(answer).conversation());
    }

    @Test
    void preferences_come_along_where_they_are_asked_for_and_never_into_a_room() throws Exception {
        memory.remember(ann, "I prefer short answers");
        memory.remember(ann.inRoom(), "I prefer tea");
        memory.remember(ann.as("bob").inRoom(), "I prefer coffee");
        ask(Topic.RECALL_REQUESTED, "own", WireJson.bytes(new RecallRequested("c", "lunch?", false, 5, null, 8)));
        ask(Topic.RECALL_REQUESTED, "room", WireJson.bytes(new RecallRequested("c", "lunch?", true, 5, null, 8)));
        ask(Topic.RECALL_REQUESTED, "none", WireJson.bytes(new RecallRequested("c", "lunch?", false, 5)));
        assertEquals(List.of("I prefer tea", "I prefer short answers"), preferences("own"));
        assertEquals(List.of("I prefer tea"), preferences("room"));
        assertNull(recalled("none").preferences());
    }

    @Test
    void a_malformed_question_does_not_stop_the_next() throws Exception {
        ask(Topic.RECALL_REQUESTED, "bad", "{".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        ask(Topic.RECALL_REQUESTED, "bad2", WireJson.bytes(Map.of("callId", "c", "query", "x", "limit", 1_000_000)));
        ask(Topic.RECALL_REQUESTED, "good", WireJson.bytes(new RecallRequested("call", "who is on call?", false, 5)));
        RecallCompleted completed = WireJson.read(
                answer(Topic.RECALL_COMPLETED, "good", "recall-completed").value(), RecallCompleted.class);
        assertEquals(new RecallCompleted("call", false, List.of(), completed.millis()), completed);
    }

    @Test
    void a_view_lists_what_the_person_may_see() throws Exception {
        memory.remember(ann, "the staging database is db-17");
        memory.remember(ann.as("bob").inRoom(), "the lift is out of order");
        memory.remember(ann.as("bob"), "my desk is 4B");
        ask(
                Topic.VIEW_REQUESTED,
                "v1",
                WireJson.bytes(new ViewRequested("r", "gateway-1", ViewRequested.Kind.MEMORIES)));
        MemoryViewed viewed =
                WireJson.read(answer(Topic.MEMORY_VIEWED, "v1", "memory-viewed").value(), MemoryViewed.class);
        assertEquals(
                List.of("the lift is out of order", "the staging database is db-17"),
                viewed.facts().stream().map(fact -> fact.text()).toList());
        assertEquals(2, viewed.total());
        assertEquals("gateway-1", viewed.instance());
    }

    private List<String> preferences(String id) {
        return Objects.requireNonNull(recalled(id).preferences()).stream()
                .map(RecalledFact::text)
                .toList();
    }

    private RecallCompleted recalled(String id) {
        return WireJson.read(
                answer(Topic.RECALL_COMPLETED, id, "recall-completed").value(), RecallCompleted.class);
    }

    private void ask(Topic topic, String id, byte[] payload) throws ExecutionException, InterruptedException {
        Envelope envelope = new Envelope(
                id + ann.tenant(),
                topic.topicName(),
                "chela/test",
                Instant.now(),
                ann.tenant(),
                Principal.person(ann.person()),
                "talk",
                null,
                null,
                0,
                null);
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(KafkaRecords.write(topic, envelope, payload)).get();
        }
    }

    private ConsumerRecord<String, byte[]> answer(Topic topic, String id, String kind) {
        String expected = Ids.derive(id + ann.tenant(), kind);
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(topic.topicName())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Instant end = Instant.now().plus(LIMIT);
            while (Instant.now().isBefore(end))
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200)))
                    if (KafkaRecords.envelope(record).id().equals(expected)) return record;
        }
        throw new AssertionError("no answer within " + LIMIT);
    }
}
