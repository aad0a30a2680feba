package ai.chela.kit.outbox;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The outbox table. */
public final class OutboxStore {
    /**
     * The number is drawn under the lock of its sequence's row, which is held to the end of the transaction: whoever
     * draws the next one commits later, so that numbers have no gap that is never filled.
     */
    private static final String ADD_NUMBERED = """
            with fresh as (select 1 where not exists
                     (select 1 from outbox where tenant = ?1 and topic = ?2 and id = ?4)),
                 drawn as (insert into outbox_sequence as s (tenant, topic, key, last)
                     select ?1, ?2, ?3, 1 from fresh
                     on conflict (tenant, topic, key) do update set last = s.last + 1 returning last)
            insert into outbox (tenant, topic, key, id, number, headers, payload)
            select ?1, ?2, ?3, ?4, last, ?5, ?6 from drawn
            returning number""";

    private static final String ADD_UNNUMBERED = """
            insert into outbox (tenant, topic, key, id, number, headers, payload)
            values (?1, ?2, ?3, ?4, 0, ?5, ?6) on conflict do nothing returning number""";

    private OutboxStore() {}

    /** Stores a message; null when its id was stored before. */
    public static Uni<@Nullable OutboxRow> add(Mutiny.Session session, Topic topic, Envelope envelope, byte[] payload) {
        String sql = topic.delivery() == Topic.Delivery.ORDERED ? ADD_NUMBERED : ADD_UNNUMBERED;
        return session.createNativeQuery(sql, Long.class)
                .setParameter(1, envelope.tenant())
                .setParameter(2, topic.topicName())
                .setParameter(3, envelope.key())
                .setParameter(4, envelope.id())
                .setParameter(5, WireJson.text(KafkaRecords.headers(envelope)))
                .setParameter(6, payload)
                .getResultList()
                .map(numbers -> numbers.isEmpty()
                        ? null
                        : new OutboxRow(topic, numbered(envelope, numbers.getFirst()), payload));
    }

    /** Reads messages that were stored but perhaps not sent, for the relay; of the session's tenant only. */
    static Uni<List<OutboxRow>> read(Mutiny.Session session, Topic topic, List<String> ids) {
        return session.createNativeQuery(
                        "select number, headers, payload from outbox where topic = ?1 and id = any(?2)", Object[].class)
                .setParameter(1, topic.topicName())
                .setParameter(2, ids.toArray(String[]::new))
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new OutboxRow(
                                topic, numbered(stored((String) row[1]), ((Number) row[0]).longValue()), (byte[])
                                        row[2]))
                        .toList());
    }

    @SuppressWarnings("unchecked")
    private static Envelope stored(String headers) {
        return KafkaRecords.envelope((Map<String, String>) WireJson.read(headers, Map.class));
    }

    private static Envelope numbered(Envelope e, long number) {
        return new Envelope(
                e.id(),
                e.type(),
                e.source(),
                e.time(),
                e.tenant(),
                e.principal(),
                e.conversation(),
                e.turn(),
                e.cause(),
                number,
                e.traceparent());
    }
}
