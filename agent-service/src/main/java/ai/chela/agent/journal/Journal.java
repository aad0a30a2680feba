package ai.chela.agent.journal;

import ai.chela.agent.turn.TurnInput;
import ai.chela.agent.turn.TurnState;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns and conversations in the database. Every method is one statement or two of the caller's transaction. */
public final class Journal {
    private static final String COLUMNS = "input, seq, state, origin, fence, explanation";

    private Journal() {}

    /** Appends a queued turn to its conversation. */
    public static Uni<Void> append(UnitOfWork unit, TurnInput input, Origin origin, int priority) {
        return unit.query(Long.class, """
                        insert into conversation as c (tenant, id, last_seq) values (?1, ?2, 1)
                        on conflict (tenant, id) do update set last_seq = c.last_seq + 1 returning last_seq""", unit.tenant(), input.conversation())
                .chain(seq -> unit.execute(
                        """
                        insert into turn (tenant, id, conversation, seq, person, priority, phase, input, state, origin)
                        values (?1, ?2, ?3, ?4, ?5, ?6, 'queued', ?7, ?8, ?9)""",
                        unit.tenant(),
                        input.id(),
                        input.conversation(),
                        seq.getFirst(),
                        input.speaker().id(),
                        priority,
                        WireJson.text(input),
                        state(new TurnState.Queued()),
                        WireJson.text(origin)))
                .replaceWithVoid();
    }

    /** Reads a turn and keeps others from changing it until the commit; null when there is none. */
    public static Uni<@Nullable TurnRow> lock(UnitOfWork unit, String id) {
        return unit.rows("select " + COLUMNS + " from turn where tenant = ?1 and id = ?2 for update", unit.tenant(), id)
                .map(rows -> rows.isEmpty() ? null : row(rows.getFirst()));
    }

    /** True when every earlier turn of the conversation has given its first answer. */
    public static Uni<Boolean> isNext(UnitOfWork unit, TurnRow row) {
        return unit.query(Boolean.class, """
                        select not exists (select 1 from turn where tenant = ?1 and conversation = ?2 and seq < ?3
                                           and answered_at is null)""", unit.tenant(), row.input().conversation(), row.seq())
                .map(List::getFirst);
    }

    /** Stores the state that a turn has come to. */
    public static Uni<Void> save(UnitOfWork unit, TurnRow row, TurnState state, @Nullable Instant wakeAt) {
        return unit.execute("""
                        update turn set phase = ?3, state = ?4, wake_at = ?5, explanation = coalesce(?6, explanation),
                               lease_until = null,
                               finished_at = case when ?3 = 'finished' then now() end
                        where tenant = ?1 and id = ?2""", unit.tenant(), row.id(), phase(state), state(state), wakeAt, row.explanation())
                .replaceWithVoid();
    }

    /** Notes the first answer; later ones of the turn are appended for the history. */
    public static Uni<Void> answered(UnitOfWork unit, String turn, String text) {
        return unit.execute("""
                        update turn set answered_at = coalesce(answered_at, now()),
                               answer = case when answer is null then ?3 else answer || E'\\n\\n' || ?3 end
                        where tenant = ?1 and id = ?2""", unit.tenant(), turn, text).replaceWithVoid();
    }

    /** Takes the lease on a model call and returns the new fencing number. */
    public static Uni<Long> lease(UnitOfWork unit, String turn, Duration time) {
        return unit.query(Long.class, """
                        update turn set fence = fence + 1, lease_until = now() + ?3 * interval '1 millisecond'
                        where tenant = ?1 and id = ?2 returning fence""", unit.tenant(), turn, time.toMillis()).map(List::getFirst);
    }

    /** Extends the lease; false when somebody else has taken over. */
    public static Uni<Boolean> renew(UnitOfWork unit, String turn, long fence, Duration time) {
        return unit.execute("""
                        update turn set lease_until = now() + ?4 * interval '1 millisecond'
                        where tenant = ?1 and id = ?2 and fence = ?3 and phase = 'thinking'""", unit.tenant(), turn, fence, time.toMillis()).map(changed -> changed == 1);
    }

    /** One more failure of ours in going on with a turn; returns how many there were. */
    public static Uni<Integer> failed(UnitOfWork unit, String turn) {
        return unit.query(
                        Integer.class,
                        "update turn set failures = failures + 1 where tenant = ?1 and id = ?2 returning failures",
                        unit.tenant(),
                        turn)
                .map(List::getFirst);
    }

    /** Unfinished turns of a conversation, locked, in order. */
    public static Uni<List<TurnRow>> unfinished(UnitOfWork unit, String conversation) {
        return unit.rows(
                        "select " + COLUMNS
                                + " from turn where tenant = ?1 and conversation = ?2 and phase <> 'finished'"
                                + " order by seq for update",
                        unit.tenant(),
                        conversation)
                .map(rows -> rows.stream().map(Journal::row).toList());
    }

    /** The last turn of a conversation that was answered, null when there is none. */
    public static Uni<@Nullable TurnRow> lastAnswered(UnitOfWork unit, String conversation) {
        return unit.rows(
                        "select " + COLUMNS + " from turn where tenant = ?1 and conversation = ?2"
                                + " and answered_at is not null order by seq desc limit 1",
                        unit.tenant(),
                        conversation)
                .map(rows -> rows.isEmpty() ? null : row(rows.getFirst()));
    }

    /** What was said in a conversation. */
    public record Exchange(String text, String answer) {}

    /** Earlier exchanges since the last {@code /new}, oldest first, at most {@code limit}. */
    public static Uni<List<Exchange>> history(UnitOfWork unit, TurnRow row, int limit) {
        return unit.rows("""
                        select cast(t.input as json) ->> 'text', t.answer
                        from turn t join conversation c on c.tenant = t.tenant and c.id = t.conversation
                        where t.tenant = ?1 and t.conversation = ?2 and t.seq < ?3 and t.seq > c.fresh_after
                          and t.answer is not null
                        order by t.seq desc limit ?4""", unit.tenant(), row.input().conversation(), row.seq(), limit)
                .map(rows -> rows.reversed().stream()
                        .map(columns -> new Exchange((String) columns[0], (String) columns[1]))
                        .toList());
    }

    public static Uni<Void> startFresh(UnitOfWork unit, TurnRow row) {
        return unit.execute(
                        "update conversation set fresh_after = ?3, recalled = null where tenant = ?1 and id = ?2",
                        unit.tenant(),
                        row.input().conversation(),
                        row.seq())
                .replaceWithVoid();
    }

    /** Id of the memory that was recalled last in the conversation; null when there is none. */
    public static Uni<@Nullable String> recalled(UnitOfWork unit, String conversation) {
        return unit.query(
                        String.class,
                        "select recalled from conversation where tenant = ?1 and id = ?2 and recalled is not null",
                        unit.tenant(),
                        conversation)
                .map(ids -> ids.isEmpty() ? null : ids.getFirst());
    }

    public static Uni<Void> recalled(UnitOfWork unit, String conversation, @Nullable String memory) {
        return unit.execute(
                        "update conversation set recalled = ?3 where tenant = ?1 and id = ?2",
                        unit.tenant(),
                        conversation,
                        memory)
                .replaceWithVoid();
    }

    private static TurnRow row(Object[] columns) {
        return new TurnRow(
                WireJson.read((String) columns[0], TurnInput.class),
                ((Number) columns[1]).longValue(),
                WireJson.read((String) columns[2], TurnState.class),
                WireJson.read((String) columns[3], Origin.class),
                ((Number) columns[4]).longValue(),
                (String) columns[5]);
    }

    private static String state(TurnState state) {
        try {
            return WireJson.mapper().writerFor(TurnState.class).writeValueAsString(state);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("a turn's state cannot be written", e);
        }
    }

    private static String phase(TurnState state) {
        return switch (state) {
            case TurnState.Queued _ -> "queued";
            case TurnState.Working _ -> "working";
            case TurnState.Thinking _ -> "thinking";
            case TurnState.Parked _ -> "parked";
            case TurnState.Finished _ -> "finished";
        };
    }
}
