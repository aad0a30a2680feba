package ai.chela.kit.inbox;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.audit.DeadLetter;
import ai.chela.kit.fault.CrashPoint;
import ai.chela.kit.fault.CrashPoints;
import ai.chela.kit.tenancy.DatabaseFaults;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes in records effectively once and, per key, in the order in which their writer numbered them: the handler's changes,
 * the note that the record was seen, and what the handler publishes are one transaction.
 */
@ApplicationScoped
public class Inbox {
    private static final Logger LOG = Logger.getLogger(Inbox.class);

    /** How often a failing handler is tried before its record is a dead letter; faults of the database do not count. */
    private static final int ATTEMPTS = 4;

    private static final int DEAD_LETTER_BYTES = 192 * 1024;

    private final Transactions transactions;
    private final MeterRegistry meters;
    private final String service;
    private final String installationTenant;

    public Inbox(
            Transactions transactions,
            MeterRegistry meters,
            @ConfigProperty(name = "chela.service") String service,
            @ConfigProperty(name = "chela.tenant") String installationTenant) {
        this.transactions = transactions;
        this.meters = meters;
        this.service = service;
        this.installationTenant = installationTenant;
    }

    /**
     * Handles one record. Completes when its offset may be committed: it was applied, held for its predecessors, seen
     * before, or written to the dead letters with its cause. While the database is away it waits and tries on.
     */
    public <T> Uni<Void> receive(
            Topic topic, Class<T> type, ConsumerRecord<String, byte[]> record, Handler<T> handler) {
        return Uni.createFrom()
                .deferred(() -> take(topic, type, record, handler))
                .onFailure(DatabaseFaults::isAway)
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(5))
                .indefinitely()
                .onFailure(failure -> !(failure instanceof MalformedRecordException))
                .retry()
                .withBackOff(Duration.ofMillis(50), Duration.ofSeconds(1))
                .atMost(ATTEMPTS - 1)
                .onFailure()
                .recoverWithUni(failure -> bury(topic, type, record, handler, failure));
    }

    /**
     * Handles records that have no order, those of one tenant in one transaction; as {@link #receive} one by one when that
     * fails.
     */
    public <T> Uni<Void> receiveAll(
            Topic topic, Class<T> type, List<ConsumerRecord<String, byte[]>> records, Handler<T> handler) {
        if (records.size() == 1) return receive(topic, type, records.getFirst(), handler);
        return Uni.createFrom()
                .deferred(() -> takeAll(topic, type, records, handler))
                .onFailure()
                .recoverWithUni(_ -> inTurn(records, record -> receive(topic, type, record, handler)));
    }

    private <T> Uni<Void> takeAll(
            Topic topic, Class<T> type, List<ConsumerRecord<String, byte[]>> records, Handler<T> handler) {
        Map<String, List<ConsumerRecord<String, byte[]>>> tenants = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records)
            tenants.computeIfAbsent(KafkaRecords.envelope(record).tenant(), _ -> new ArrayList<>())
                    .add(record);
        return inTurn(List.copyOf(tenants.values()), of -> takeTogether(topic, type, of, handler));
    }

    private <T> Uni<Void> takeTogether(
            Topic topic, Class<T> type, List<ConsumerRecord<String, byte[]>> records, Handler<T> handler) {
        Origin origin = Origin.of(KafkaRecords.envelope(records.getFirst()));
        List<Received<T>> received = records.stream()
                .map(record -> new Received<>(KafkaRecords.envelope(record), WireJson.read(record.value(), type)))
                .toList();
        return transactions
                .run(
                        "receive " + topic.topicName(),
                        origin,
                        unit -> InboxStore.enterAll(
                                        unit,
                                        topic,
                                        received.stream()
                                                .map(Received::envelope)
                                                .toList())
                                .chain(fresh -> handler.handleAll(
                                        unit,
                                        received.stream()
                                                .filter(one -> fresh.remove(
                                                        one.envelope().id()))
                                                .toList()))
                                .invoke(() -> CrashPoints.reach(CrashPoint.INBOX_COMMIT_BEFORE)))
                .invoke(() -> CrashPoints.reach(CrashPoint.INBOX_COMMIT_AFTER));
    }

    private static <E> Uni<Void> inTurn(List<E> all, Function<E, Uni<Void>> each) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(item -> each.apply(item))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private <T> Uni<Void> take(Topic topic, Class<T> type, ConsumerRecord<String, byte[]> record, Handler<T> handler) {
        Envelope envelope = KafkaRecords.envelope(record);
        T payload = WireJson.read(record.value(), type);
        return transactions
                .run(
                        "receive " + topic.topicName(),
                        Origin.of(envelope),
                        unit -> apply(unit, topic, type, envelope, payload, record, handler)
                                .invoke(() -> CrashPoints.reach(CrashPoint.INBOX_COMMIT_BEFORE)))
                .invoke(() -> CrashPoints.reach(CrashPoint.INBOX_COMMIT_AFTER));
    }

    private <T> Uni<Void> apply(
            UnitOfWork unit,
            Topic topic,
            Class<T> type,
            Envelope envelope,
            T payload,
            ConsumerRecord<String, byte[]> record,
            Handler<T> handler) {
        return InboxStore.enter(unit, topic, envelope).chain(entered -> switch (entered) {
            case SEEN -> Uni.createFrom().voidItem();
            case EARLY -> InboxStore.hold(unit, topic, envelope, record.value());
            case NEXT, UNORDERED -> handler.handle(unit, new Received<>(envelope, payload));
            case AWAITED ->
                handler.handle(unit, new Received<>(envelope, payload))
                        .chain(() -> followers(unit, topic, type, envelope, handler));
        });
    }

    /** Applies what was held for the record that has just been applied. */
    private <T> Uni<Void> followers(UnitOfWork unit, Topic topic, Class<T> type, Envelope applied, Handler<T> handler) {
        return InboxStore.nextHeld(unit, topic, applied).chain(held -> {
            if (held == null) return Uni.createFrom().voidItem();
            T payload = WireJson.read(held.payload(), type);
            return handler.handle(unit, new Received<>(held.envelope(), payload))
                    .chain(() -> followers(unit, topic, type, held.envelope(), handler));
        });
    }

    private <T> Uni<Void> bury(
            Topic topic, Class<T> type, ConsumerRecord<String, byte[]> record, Handler<T> handler, Throwable failure) {
        LOG.errorf(
                failure,
                "inbox.dead-letter topic=%s partition=%d offset=%d",
                record.topic(),
                record.partition(),
                record.offset());
        meters.counter("chela.dead.letters", "topic", topic.topicName()).increment();
        Map<String, String> headers = KafkaRecords.headerMap(record.headers());
        Origin origin = originOf(headers);
        String id = Ids.derive(record.topic(), service, record.partition(), record.offset());
        byte[] value = value(record);
        DeadLetter letter = new DeadLetter(
                topic.topicName(),
                service,
                record.key(),
                headers,
                Base64.getEncoder()
                        .encodeToString(
                                value.length > DEAD_LETTER_BYTES ? Arrays.copyOf(value, DEAD_LETTER_BYTES) : value),
                cause(failure),
                Instant.now());
        return transactions
                .run("bury " + topic.topicName(), origin, unit -> {
                    unit.audit("record.dead-lettered", topic.topicName(), "failed", null);
                    return unit.publish(Topic.DEAD_LETTER, id, letter)
                            .chain(() -> buried(unit, topic, type, record, headers, handler, failure));
                })
                .onFailure(DatabaseFaults::isAway)
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(5))
                .indefinitely();
    }

    /** A dead letter counts as applied, so that it does not stop what comes after it. */
    private <T> Uni<Void> buried(
            UnitOfWork unit,
            Topic topic,
            Class<T> type,
            ConsumerRecord<String, byte[]> record,
            Map<String, String> headers,
            Handler<T> handler,
            Throwable failure) {
        Envelope envelope;
        try {
            envelope = KafkaRecords.envelope(headers);
        } catch (MalformedRecordException _) {
            return Uni.createFrom().voidItem();
        }
        return InboxStore.enter(unit, topic, envelope).chain(entered -> switch (entered) {
            case SEEN -> Uni.createFrom().voidItem();
            case EARLY, NEXT, UNORDERED -> handler.dead(unit, envelope, value(record), failure);
            case AWAITED ->
                handler.dead(unit, envelope, value(record), failure)
                        .chain(() -> followers(unit, topic, type, envelope, handler));
        });
    }

    private static byte[] value(ConsumerRecord<String, byte[]> record) {
        return record.value() == null ? new byte[0] : record.value();
    }

    private Origin originOf(Map<String, String> headers) {
        try {
            return Origin.of(KafkaRecords.envelope(headers));
        } catch (MalformedRecordException _) {
            return Origin.first(installationTenant, Principal.service(service), null);
        }
    }

    private static String cause(Throwable failure) {
        String text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return text.length() > 1_000 ? text.substring(0, 1_000) : text;
    }

    /** What a service does with a record, inside the record's transaction. */
    @FunctionalInterface
    public interface Handler<T> {
        Uni<Void> handle(UnitOfWork unit, Received<T> received);

        /** The same with records of one tenant and of a topic without order. */
        default Uni<Void> handleAll(UnitOfWork unit, List<Received<T>> received) {
            return inTurn(received, one -> handle(unit, one));
        }

        /**
         * The record cannot be handled and is a dead letter now; a service that owes somebody an answer gives it here.
         *
         * @param value the record's, whatever it is; empty when it has none
         */
        default Uni<Void> dead(UnitOfWork unit, Envelope envelope, byte[] value, Throwable failure) {
            return Uni.createFrom().voidItem();
        }
    }
}
