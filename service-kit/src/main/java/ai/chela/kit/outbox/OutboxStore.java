package ai.chela.kit.outbox;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The outbox table. */
public final class OutboxStore {
    private static final String ADD = "select drawn from outbox_add(?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    private OutboxStore() {}

    /** A message that is to be stored. */
    public record Draft(Topic topic, Envelope envelope, byte[] payload) {}

    /**
     * Stores messages of one tenant, in this order per topic and key, and returns those that were not stored before, with
     * their numbers.
     */
    public static Uni<List<OutboxRow>> add(UnitOfWork unit, List<Draft> drafts) {
        if (drafts.isEmpty()) return Uni.createFrom().item(List.of());
        // two transactions that draw from the same sequences lock them in the same order
        List<Draft> sorted = drafts.stream()
                .sorted(Comparator.comparing((Draft draft) -> draft.topic())
                        .thenComparing(draft -> draft.envelope().key()))
                .toList();
        return unit.query(
                        Long.class,
                        ADD,
                        unit.tenant(),
                        strings(sorted, draft -> draft.topic().topicName()),
                        strings(sorted, draft -> draft.envelope().key()),
                        strings(sorted, draft -> draft.envelope().id()),
                        sorted.stream()
                                .map(draft -> draft.topic().delivery() == Topic.Delivery.ORDERED)
                                .toArray(Boolean[]::new),
                        strings(sorted, draft -> WireJson.text(KafkaRecords.headers(draft.envelope()))),
                        sorted.stream().map(Draft::payload).toArray(byte[][]::new))
                .map(numbers -> rows(sorted, numbers));
    }

    private static String[] strings(List<Draft> drafts, Function<Draft, String> part) {
        return drafts.stream().map(part).toArray(String[]::new);
    }

    private static List<OutboxRow> rows(List<Draft> drafts, List<@Nullable Long> numbers) {
        List<OutboxRow> rows = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Long number = numbers.get(i);
            Draft draft = drafts.get(i);
            if (number != null)
                rows.add(new OutboxRow(draft.topic(), numbered(draft.envelope(), number), draft.payload()));
        }
        return rows;
    }

    /** Reads messages that were stored but perhaps not sent, for the relay; of the session's tenant only. */
    static Uni<List<OutboxRow>> read(UnitOfWork unit, Topic topic, List<String> ids) {
        return unit.rows(
                        "select number, headers, payload from outbox where topic = ?1 and id = any(?2)",
                        topic.topicName(),
                        ids.toArray(String[]::new))
                .map(rows -> rows.stream()
                        .map(row ->
                                new OutboxRow(topic, numbered(stored((String) row[1]), (Long) row[0]), (byte[]) row[2]))
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
