package ai.chela.kit.inbox;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inbox table and the position reached per topic and key. */
final class InboxStore {
    private InboxStore() {}

    enum Entered {
        /** Noted before: there is nothing to do. */
        SEEN,
        /** Its predecessors have not come yet. */
        EARLY,
        /** It is its turn. */
        NEXT,
        /** It is its turn, and its successor is held. */
        AWAITED,
        /** Its topic has no order. */
        UNORDERED
    }

    record Held(Envelope envelope, byte[] payload) {}

    /** Notes that a record was seen, and tells whether it is its turn. */
    static Uni<Entered> enter(UnitOfWork unit, Topic topic, Envelope envelope) {
        return unit.query(
                        String.class,
                        "select inbox_enter(?1, ?2, ?3, ?4, ?5)",
                        unit.tenant(),
                        topic.topicName(),
                        envelope.id(),
                        envelope.key(),
                        envelope.number())
                .map(entered -> Entered.valueOf(entered.getFirst()));
    }

    /** Notes that records of a topic without order were seen; the ids of those that were not before. */
    static Uni<Set<String>> enterAll(UnitOfWork unit, Topic topic, List<Envelope> envelopes) {
        return unit.query(
                        String.class,
                        """
                        insert into inbox (tenant, topic, id, key, number, state)
                        select ?1, ?2, seen.id, seen.key, 0, 'applied'
                        from unnest(cast(?3 as text[]), cast(?4 as text[])) as seen(id, key) order by seen.id
                        on conflict do nothing returning id""",
                        unit.tenant(),
                        topic.topicName(),
                        envelopes.stream().map(Envelope::id).toArray(String[]::new),
                        envelopes.stream().map(Envelope::key).toArray(String[]::new))
                .map(HashSet::new);
    }

    static Uni<Void> hold(UnitOfWork unit, Topic topic, Envelope envelope, byte[] payload) {
        return unit.execute(
                        "update inbox set state = 'held', headers = ?4, payload = ?5"
                                + " where tenant = ?1 and topic = ?2 and id = ?3",
                        unit.tenant(),
                        topic.topicName(),
                        envelope.id(),
                        WireJson.text(KafkaRecords.headers(envelope)),
                        payload)
                .replaceWithVoid();
    }

    /** Takes the record that was held for {@code applied}, if it has come already, and moves the position to it. */
    @SuppressWarnings("unchecked")
    static Uni<@Nullable Held> nextHeld(UnitOfWork unit, Topic topic, Envelope applied) {
        if (applied.number() == 0) return Uni.createFrom().nullItem();
        return unit.rows("""
                        select headers, payload from inbox
                        where tenant = ?1 and topic = ?2 and key = ?3 and number = ?4 and state = 'held'""", unit.tenant(), topic.topicName(), applied.key(), applied.number() + 1)
                .chain(rows -> {
                    if (rows.isEmpty()) return Uni.createFrom().nullItem();
                    Map<String, String> headers =
                            (Map<String, String>) WireJson.read((String) rows.getFirst()[0], Map.class);
                    Held held = new Held(KafkaRecords.envelope(headers), (byte[]) rows.getFirst()[1]);
                    return moveTo(unit, topic, held.envelope())
                            .chain(() -> release(unit, topic, held.envelope()))
                            .replaceWith(held);
                });
    }

    private static Uni<Void> moveTo(UnitOfWork unit, Topic topic, Envelope envelope) {
        return unit.execute(
                        "update inbox_position set applied = ?4 where tenant = ?1 and topic = ?2 and key = ?3",
                        unit.tenant(),
                        topic.topicName(),
                        envelope.key(),
                        envelope.number())
                .replaceWithVoid();
    }

    private static Uni<Void> release(UnitOfWork unit, Topic topic, Envelope envelope) {
        return unit.execute(
                        "update inbox set state = 'applied', headers = null, payload = null"
                                + " where tenant = ?1 and topic = ?2 and id = ?3",
                        unit.tenant(),
                        topic.topicName(),
                        envelope.id())
                .replaceWithVoid();
    }
}
