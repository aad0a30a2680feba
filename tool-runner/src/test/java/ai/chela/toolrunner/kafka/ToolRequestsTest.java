package ai.chela.toolrunner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.tool.ToolCompleted;
import ai.chela.contracts.tool.ToolDeclared;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "tool_runner"))
class ToolRequestsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TENANT = "acme";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Inject
    Transactions transactions;

    private String conversation = "";
    private int number;

    @BeforeEach
    void freshConversation() {
        conversation = Ids.random();
        number = 0;
    }

    @Test
    void a_request_is_answered_once_although_it_is_sent_twice() throws Exception {
        ProducerRecord<String, byte[]> request = request("calc.evaluate", Map.of("expression", "6*7"), LIMIT);
        send(request);
        send(request);
        send(request("calc.evaluate", Map.of("expression", "6*8"), LIMIT));
        List<ToolCompleted> answers = answers(2);
        assertEquals(
                Set.of("6*7 = 42", "6*8 = 48"),
                new TreeSet<>(answers.stream().map(ToolCompleted::text).toList()));
        assertEquals(2, answers.size());
    }

    @Test
    void an_unknown_tool_is_refused_with_the_ones_there_are() throws Exception {
        send(request("calc.evaluat", Map.of(), LIMIT));
        ToolCompleted.Refused refused =
                assertInstanceOf(ToolCompleted.Refused.class, answers(1).getFirst());
        assertEquals("tool.unknown", refused.code());
        assertTrue(refused.text().contains("calc.evaluate"), refused.text());
    }

    @Test
    void a_request_whose_deadline_is_over_is_not_run() throws Exception {
        send(request("time.now", Map.of(), Duration.ofSeconds(-1)));
        ToolCompleted.Refused refused =
                assertInstanceOf(ToolCompleted.Refused.class, answers(1).getFirst());
        assertEquals("tool.too-late", refused.code());
    }

    @Test
    void an_answer_carries_conversation_turn_and_person_and_leaves_an_audit_entry() throws Exception {
        send(request("time.now", Map.of(), LIMIT));
        ConsumerRecord<String, byte[]> answer =
                records(Topic.TOOL_COMPLETED, 1, this::isMine).getFirst();
        Envelope envelope = KafkaRecords.envelope(answer);
        assertEquals(conversation, envelope.conversation());
        assertEquals("turn-1", envelope.turn());
        assertEquals(Principal.person("li"), envelope.principal());
        assertEquals(1, envelope.number());
        ConsumerRecord<String, byte[]> audit =
                records(Topic.AUDIT, 1, this::isMine).getFirst();
        assertTrue(new String(audit.value(), java.nio.charset.StandardCharsets.UTF_8).contains("tool.called"));
    }

    @Test
    void what_was_asked_is_forgotten_when_it_is_done() throws Exception {
        send(request("calc.evaluate", Map.of("expression", "1+1"), LIMIT));
        answers(1);
        List<String> kept = transactions
                .run(
                        "test",
                        Origin.first(TENANT, Principal.person("li"), conversation),
                        unit -> unit.query(
                                String.class,
                                "select coalesce(request, 'nothing') from tool_call where id = ?1",
                                "call-1-" + conversation))
                .await()
                .atMost(LIMIT);
        assertEquals(List.of("nothing"), kept);
    }

    @Test
    void a_command_whose_runner_died_is_answered_with_outcome_unknown() {
        leaveBehind("shell.run", Map.of("command", "true"));
        ToolCompleted.Unknown unknown =
                assertInstanceOf(ToolCompleted.Unknown.class, answers(1).getFirst());
        assertTrue(unknown.text().startsWith("Outcome unknown: "), unknown.text());
    }

    @Test
    void a_repeatable_call_whose_runner_died_is_run_again() {
        leaveBehind("calc.evaluate", Map.of("expression", "6*7"));
        assertEquals("6*7 = 42", answers(1).getFirst().text());
    }

    @Test
    void every_tool_is_declared() {
        Set<String> names = new TreeSet<>();
        for (ConsumerRecord<String, byte[]> each : records(Topic.TOOL_DECLARED, 10, _ -> true)) {
            ToolDeclared declared = WireJson.read(each.value(), ToolDeclared.class);
            assertEquals("local/tool:" + declared.name(), each.key());
            names.add(declared.name());
        }
        assertEquals(
                Set.of(
                        "calc.evaluate",
                        "date.add",
                        "date.between",
                        "date.weekday",
                        "host.disk",
                        "host.load",
                        "host.memory",
                        "shell.run",
                        "time.convert",
                        "time.now"),
                names);
    }

    /** A call that another runner took, and whose lease ran out. */
    private void leaveBehind(String tool, Map<String, Object> args) {
        ToolRequested asked = new ToolRequested(
                "left-" + conversation,
                tool,
                args,
                "en",
                "Europe/Berlin",
                Instant.now().plus(LIMIT),
                null);
        Origin origin =
                new Origin(TENANT, Principal.person("li"), conversation, "turn-1", "asked-" + conversation, null);
        transactions
                .run(
                        "test",
                        origin,
                        unit -> unit.execute(
                                """
                                insert into tool_call (tenant, id, tool, state, request, origin, holder, fence, lease_until)
                                values (?1, ?2, ?3, 'running', ?4, ?5, 'another', 1, now() - interval '1 second')
                                """, TENANT, asked.callId(), tool, WireJson.text(asked), WireJson.text(origin)))
                .await()
                .atMost(LIMIT);
    }

    private ProducerRecord<String, byte[]> request(String tool, Map<String, Object> args, Duration left) {
        number++;
        ToolRequested asked = new ToolRequested(
                "call-" + number + "-" + conversation,
                tool,
                args,
                "en",
                "Europe/Berlin",
                Instant.now().plus(left),
                null);
        Envelope envelope = new Envelope(
                "asked-" + number + "-" + conversation,
                Topic.TOOL_REQUESTED.topicName(),
                "chela/agent",
                Instant.now(),
                TENANT,
                Principal.person("li"),
                conversation,
                "turn-1",
                null,
                number,
                null);
        return KafkaRecords.write(Topic.TOOL_REQUESTED, envelope, WireJson.bytes(asked));
    }

    private void send(ProducerRecord<String, byte[]> record) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", kafka);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            assertNotNull(producer.send(record).get());
        }
    }

    private List<ToolCompleted> answers(int count) {
        return records(Topic.TOOL_COMPLETED, count, this::isMine).stream()
                .map(each -> WireJson.read(each.value(), ToolCompleted.class))
                .toList();
    }

    private boolean isMine(ConsumerRecord<String, byte[]> record) {
        @Nullable String key = record.key();
        return key != null && key.endsWith(conversation);
    }

    /** Waits for that many, then for one more poll that could bring one too many. */
    private List<ConsumerRecord<String, byte[]>> records(
            Topic topic, int count, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        Map<String, Object> config = Map.of("bootstrap.servers", kafka, "auto.offset.reset", "earliest");
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    List.of(new TopicPartition(topic.topicName(), 0), new TopicPartition(topic.topicName(), 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Instant end = Instant.now().plus(LIMIT);
            while (found.size() < count && Instant.now().isBefore(end))
                consumer.poll(Duration.ofMillis(200)).forEach(each -> {
                    if (wanted.test(each)) found.add(each);
                });
            consumer.poll(Duration.ofMillis(500)).forEach(each -> {
                if (wanted.test(each)) found.add(each);
            });
        }
        assertEquals(count, found.size(), topic::topicName);
        return found;
    }
}
