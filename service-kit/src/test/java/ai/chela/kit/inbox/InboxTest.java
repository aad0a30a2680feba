package ai.chela.kit.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.EventStored;
import ai.chela.contracts.turn.ReplyPartial;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestStack.class)
class InboxTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject
    Inbox inbox;

    @Inject
    Transactions transactions;

    private String conversation = "";

    @BeforeEach
    void freshConversation() {
        conversation = Ids.random();
    }

    @Test
    void a_record_that_comes_twice_is_applied_once() {
        receive("acme", "a", 1);
        receive("acme", "a", 1);
        assertEquals(List.of("a"), seen("acme"));
    }

    @Test
    void a_record_that_comes_early_waits_for_its_predecessors() {
        receive("acme", "c", 3);
        receive("acme", "b", 2);
        assertEquals(List.of(), seen("acme"));
        receive("acme", "a", 1);
        assertEquals(List.of("a", "b", "c"), seen("acme"));
    }

    @Test
    void one_tenant_does_not_see_the_rows_of_another() {
        receive("acme", "a", 1);
        assertEquals(List.of(), seen("globex"));
    }

    @Test
    void a_record_that_cannot_be_read_does_not_stop_the_next() {
        ConsumerRecord<String, byte[]> poison =
                record(envelope("acme", "a", 1), "{\"number\":".getBytes(StandardCharsets.UTF_8));
        inbox.receive(Topic.TURN_COMPLETED, EventStored.class, poison, this::note)
                .await()
                .atMost(LIMIT);
        receive("acme", "b", 2);
        assertEquals(List.of("b"), seen("acme"));
        assertEquals(1L, stored("acme", Topic.DEAD_LETTER));
    }

    @Test
    void what_a_handler_publishes_is_numbered_in_order_and_sent() {
        for (int i = 1; i <= 3; i++) receive("numbered", "m" + i, i);
        List<Long> numbers = transactions
                .run(
                        "test",
                        origin("numbered"),
                        unit -> unit.query(
                                Long.class,
                                "select number from outbox where topic = ?1 and key = ?2 order by number",
                                Topic.SCHEDULE_CHANGED.topicName(),
                                "numbered/" + conversation))
                .await()
                .atMost(LIMIT);
        assertEquals(List.of(1L, 2L, 3L), numbers);
    }

    @Test
    void a_failing_handler_leaves_nothing_but_a_dead_letter() {
        Inbox.Handler<EventStored> failing = (unit, received) ->
                note(unit, received).chain(() -> Uni.createFrom().failure(new IllegalStateException("broken")));
        inbox.receive(Topic.TURN_COMPLETED, EventStored.class, record("broken", "a", 1), failing)
                .await()
                .atMost(LIMIT);
        assertTrue(seen("broken").isEmpty());
        assertEquals(1L, stored("broken", Topic.DEAD_LETTER));
    }

    @Test
    void a_database_that_goes_away_in_the_middle_makes_no_dead_letter() {
        AtomicInteger times = new AtomicInteger();
        Inbox.Handler<EventStored> cutOff = (unit, received) -> times.incrementAndGet() <= 5
                ? unit.rows("select pg_terminate_backend(pg_backend_pid())").replaceWithVoid()
                : note(unit, received);
        inbox.receive(Topic.TURN_COMPLETED, EventStored.class, record("cut", "a", 1), cutOff)
                .await()
                .atMost(LIMIT);
        assertEquals(List.of("a"), seen("cut"));
        assertEquals(0L, stored("cut", Topic.DEAD_LETTER));
    }

    @Test
    void a_transaction_that_lost_a_deadlock_is_run_again() {
        AtomicInteger times = new AtomicInteger();
        int ran = transactions
                .run(
                        "test",
                        origin("acme"),
                        unit -> times.incrementAndGet() == 1
                                ? unit.execute("do $$ begin raise exception using errcode = '40P01'; end $$")
                                : Uni.createFrom().item(times.get()))
                .await()
                .atMost(LIMIT);
        assertEquals(2, ran);
    }

    private void receive(String tenant, String id, long number) {
        inbox.receive(Topic.TURN_COMPLETED, EventStored.class, record(tenant, id, number), this::note)
                .await()
                .atMost(LIMIT);
    }

    private Uni<Void> note(ai.chela.kit.tenancy.UnitOfWork unit, ai.chela.kit.wire.Received<EventStored> received) {
        return unit.execute(
                        "insert into seen (tenant, id) values (?1, ?2)",
                        unit.tenant(),
                        received.envelope().id())
                .chain(() -> unit.publish(
                        Topic.SCHEDULE_CHANGED,
                        Ids.derive(received.envelope().id(), "reply"),
                        new ReplyPartial(null, 1, 0, "x")));
    }

    private List<String> seen(String tenant) {
        return transactions
                .run(
                        "test",
                        origin(tenant),
                        unit -> unit.query(
                                String.class,
                                "select replace(id, ?1, '') from seen where id like ?2 order by at",
                                conversation,
                                "%" + conversation))
                .await()
                .atMost(LIMIT);
    }

    private long stored(String tenant, Topic topic) {
        return transactions
                .run(
                        "test",
                        origin(tenant),
                        unit -> unit.query(
                                Long.class,
                                "select count(*) from outbox where topic = ?1 and key = ?2",
                                topic.topicName(),
                                tenant + "/" + conversation))
                .await()
                .atMost(LIMIT)
                .getFirst();
    }

    private Origin origin(String tenant) {
        return Origin.first(tenant, Principal.person("li"), conversation);
    }

    private Envelope envelope(String tenant, String id, long number) {
        return new Envelope(
                id + conversation,
                Topic.TURN_COMPLETED.topicName(),
                "chela/test",
                Instant.now(),
                tenant,
                Principal.person("li"),
                conversation,
                null,
                null,
                number,
                null);
    }

    private ConsumerRecord<String, byte[]> record(String tenant, String id, long number) {
        return record(envelope(tenant, id, number), WireJson.bytes(new EventStored(1)));
    }

    private static ConsumerRecord<String, byte[]> record(Envelope envelope, byte[] payload) {
        ProducerRecord<String, byte[]> written = KafkaRecords.write(Topic.TURN_COMPLETED, envelope, payload);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(written.topic(), 0, 0, written.key(), payload);
        written.headers().forEach(header -> record.headers().add(header));
        return record;
    }
}
