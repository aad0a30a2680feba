package ai.chela.kit.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.EventStored;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.outbox.DirectSender;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestStack.class)
class TopicReadersTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** What this module's own application reads. */
    @ApplicationScoped
    static class Heard {
        private record Word(String conversation, long number) {}

        private final BlockingQueue<Word> words = new LinkedBlockingQueue<>();

        void read(@Observes Subscriptions topics) {
            topics.inbox(Topic.REPLY, EventStored.class, (_, received) -> {
                words.add(new Word(
                        String.valueOf(received.envelope().conversation()),
                        received.payload().number()));
                return received.payload().number() == 99
                        ? Uni.createFrom().failure(new IllegalStateException("poison"))
                        : Uni.createFrom().voidItem();
            });
            topics.direct(Topic.EVENT_STORED, EventStored.class, (envelope, stored) -> {
                words.add(new Word(String.valueOf(envelope.conversation()), stored.number()));
                return Uni.createFrom().voidItem();
            });
        }

        List<Long> of(String conversation, int count) throws InterruptedException {
            List<Long> numbers = new ArrayList<>();
            long until = System.nanoTime() + LIMIT.toNanos();
            while (numbers.size() < count) {
                Word word = words.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (word == null) return numbers;
                if (word.conversation().equals(conversation)) numbers.add(word.number());
            }
            return numbers;
        }
    }

    @Inject
    Heard heard;

    @Inject
    TopicReaders readers;

    @Inject
    Transactions transactions;

    @Inject
    DirectSender sender;

    @Inject
    Inbox inbox;

    private String conversation = "";

    @BeforeEach
    void ready() {
        conversation = Ids.random();
        readers.caughtUp().await().atMost(LIMIT);
    }

    @Test
    void what_is_published_arrives_once_and_in_order() throws InterruptedException {
        for (long i = 1; i <= 20; i++) publish(i);
        assertEquals(java.util.stream.LongStream.rangeClosed(1, 20).boxed().toList(), heard.of(conversation, 20));
    }

    @Test
    void a_record_that_cannot_be_handled_does_not_stop_its_key() throws InterruptedException {
        publish(99);
        publish(2);
        assertEquals(List.of(99L, 99L, 99L, 99L, 2L), heard.of(conversation, 5));
    }

    @Test
    void a_broadcast_after_readiness_is_heard() throws InterruptedException {
        sender.send(Topic.EVENT_STORED, origin(), Ids.random(), null, new EventStored(7))
                .await()
                .atMost(LIMIT);
        assertEquals(List.of(7L), heard.of(conversation, 1));
    }

    @Test
    void a_topic_has_one_reader_in_a_service() {
        Subscriptions subscriptions = new Subscriptions(inbox);
        subscriptions.inbox(
                Topic.REPLY, EventStored.class, (_, _) -> Uni.createFrom().voidItem());
        assertThrows(
                IllegalArgumentException.class,
                () -> subscriptions.inbox(
                        Topic.REPLY,
                        EventStored.class,
                        (_, _) -> Uni.createFrom().voidItem()));
    }

    @Test
    void a_broadcast_has_no_inbox() {
        Subscriptions subscriptions = new Subscriptions(inbox);
        assertThrows(
                IllegalArgumentException.class,
                () -> subscriptions.inbox(
                        Topic.EVENT_STORED,
                        EventStored.class,
                        (_, _) -> Uni.createFrom().voidItem()));
    }

    @Test
    void it_counts_as_ready_once_it_reads() {
        assertEquals(List.of(), readers.waiting());
    }

    private Origin origin() {
        return Origin.first("acme", Principal.person("li"), conversation);
    }

    private void publish(long number) {
        transactions
                .run("test", origin(), unit -> unit.publish(Topic.REPLY, Ids.random(), new EventStored(number)))
                .await()
                .atMost(LIMIT);
    }
}
