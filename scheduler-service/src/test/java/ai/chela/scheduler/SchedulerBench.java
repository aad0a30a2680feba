package ai.chela.scheduler;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.identity.PersonChanged;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import ai.chela.scheduler.kafka.PersonChanges;
import ai.chela.scheduler.kafka.ScheduleRequests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Talks to the service in one conversation of a person of her own, by its messages. */
@Dependent
class SchedulerBench {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final Inbox inbox;
    private final ScheduleRequests requests;
    private final PersonChanges people;
    private final Transactions transactions;

    private final String tenant = "acme";
    private final String conversation = Ids.random();
    private final String person = "li-" + conversation;
    private long number;

    SchedulerBench(Inbox inbox, ScheduleRequests requests, PersonChanges people, Transactions transactions) {
        this.inbox = inbox;
        this.requests = requests;
        this.people = people;
        this.transactions = transactions;
    }

    String person() {
        return person;
    }

    String conversation() {
        return conversation;
    }

    void personIs(boolean active) {
        PersonChanged changed = new PersonChanged(person, "Li", "UTC", "en", active, false);
        Envelope envelope = envelope(Topic.PERSON_CHANGED, person, "person:" + person, Instant.now(), 0);
        people.changed(envelope, changed).await().atMost(LIMIT);
    }

    ScheduleChanged ask(ScheduleRequested request) {
        return ask(person, Instant.now(), request);
    }

    /** Asks as somebody at some time and waits for the answer. */
    ScheduleChanged ask(String as, Instant at, ScheduleRequested request) {
        Envelope envelope = envelope(Topic.SCHEDULE_REQUESTED, as, conversation, at, ++number);
        inbox.receive(
                        Topic.SCHEDULE_REQUESTED,
                        ScheduleRequested.class,
                        record(Topic.SCHEDULE_REQUESTED, envelope, request),
                        requests)
                .await()
                .atMost(LIMIT);
        return await(
                        Topic.SCHEDULE_CHANGED,
                        ScheduleChanged.class,
                        found -> found.stream().anyMatch(c -> c.callId().equals(request.callId())))
                .stream()
                .filter(c -> c.callId().equals(request.callId()))
                .findFirst()
                .orElseThrow();
    }

    /** What has fired in this conversation, in order. */
    List<TriggerFired> fired() {
        return published(Topic.TRIGGER_FIRED, TriggerFired.class);
    }

    /** Waits until so much has fired. */
    List<TriggerFired> awaitFired(int count) {
        return await(Topic.TRIGGER_FIRED, TriggerFired.class, found -> found.size() >= count);
    }

    /** The headers of what has fired, in order. */
    List<String> firedHeaders() {
        return in(unit -> unit.query(
                String.class,
                "select headers from outbox where topic = ?1 and key = ?2 order by number",
                Topic.TRIGGER_FIRED.topicName(),
                tenant + "/" + conversation));
    }

    <T> T in(Function<UnitOfWork, Uni<T>> work) {
        return transactions
                .run("test", Origin.first(tenant, Principal.person(person), conversation), work)
                .await()
                .atMost(LIMIT);
    }

    private <T> List<T> await(Topic topic, Class<T> type, Predicate<List<T>> until) {
        Instant limit = Instant.now().plus(LIMIT);
        List<T> found = published(topic, type);
        while (!until.test(found)) {
            if (Instant.now().isAfter(limit)) throw new AssertionError("waited in vain; there is " + found);
            Thread.onSpinWait();
            found = published(topic, type);
        }
        return found;
    }

    private <T> List<T> published(Topic topic, Class<T> type) {
        return in(unit -> unit.query(
                        byte[].class,
                        "select payload from outbox where topic = ?1 and key = ?2 order by number",
                        topic.topicName(),
                        tenant + "/" + conversation))
                .stream()
                .map(bytes -> WireJson.read(bytes, type))
                .toList();
    }

    private Envelope envelope(Topic topic, String as, String about, Instant at, long running) {
        return new Envelope(
                Ids.random(),
                topic.topicName(),
                "chela/test",
                at,
                tenant,
                Principal.person(as),
                about,
                null,
                null,
                running,
                null);
    }

    private static ConsumerRecord<String, byte[]> record(Topic topic, Envelope envelope, Object payload) {
        byte[] bytes = WireJson.bytes(payload);
        ProducerRecord<String, byte[]> written = KafkaRecords.write(topic, envelope, bytes);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(written.topic(), 0, 0, written.key(), bytes);
        written.headers().forEach(header -> record.headers().add(header));
        return record;
    }
}
