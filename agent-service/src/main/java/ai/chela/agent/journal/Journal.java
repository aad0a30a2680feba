package ai.chela.agent.journal;

import ai.chela.agent.turn.ModelCalls;
import ai.chela.agent.turn.TurnInput;
import ai.chela.agent.turn.TurnState;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns and conversations in the database. Every method is one statement or two of the caller's transaction. */
public final class Journal {
    private static final String COLUMNS = "input, seq, state, origin, fence, explanation";

    private Journal() {}

    /** Appends a queued turn to its conversation. */
    public static Uni<Void> append(UnitOfWork unit, TurnInput input, Origin origin, int priority) {
        return unit.execute(
                        """
                        with placed as (
                            insert into conversation as c (tenant, id, last_seq, room) values (?1, ?2, 1, ?9)
                            on conflict (tenant, id) do update
                                set last_seq = c.last_seq + 1, room = c.room or excluded.room
                            returning last_seq)
                        insert into turn (tenant, id, conversation, seq, person, priority, phase, input, state, origin)
                        select ?1, ?3, ?2, last_seq, ?4, ?5, 'queued', ?6, ?7, ?8 from placed""",
                        unit.tenant(),
                        input.conversation(),
                        input.id(),
                        input.speaker().id(),
                        priority,
                        WireJson.text(input),
                        state(new TurnState.Queued()),
                        WireJson.text(origin),
                        input.room())
                .replaceWithVoid();
    }

    /** Whether others read along in a conversation; false where nothing was said yet. */
    public static Uni<Boolean> isRoom(UnitOfWork unit, String conversation) {
        return unit.rows("select room from conversation where tenant = ?1 and id = ?2", unit.tenant(), conversation)
                .map(rows -> !rows.isEmpty() && (Boolean) rows.getFirst()[0]);
    }

    /** Reads a turn and keeps others from changing it until the commit; null when there is none. */
    public static Uni<@Nullable TurnRow> lock(UnitOfWork unit, String id) {
        return unit.rows("select " + COLUMNS + " from turn where tenant = ?1 and id = ?2 for update", unit.tenant(), id)
                .map(rows -> rows.isEmpty() ? null : row(rows.getFirst()));
    }

    /**
     * A turn that may begin, locked, with what its plan depends on.
     *
     * @param next whether every earlier turn of the conversation has given its first answer
     * @param language what the person has set for herself; null: nothing
     * @param zone likewise
     * @param recalled whether a memory was recalled in the conversation
     * @param approvalOpen whether something waits for the person's decision
     */
    public record Waiting(
            TurnRow row,
            boolean next,
            @Nullable String language,
            @Nullable String zone,
            boolean recalled,
            boolean approvalOpen) {}

    /** Reads a turn that is to begin and keeps others from changing it until the commit; null when there is none. */
    public static Uni<@Nullable Waiting> lockWaiting(UnitOfWork unit, String id) {
        return unit.rows("""
                        select t.input, t.seq, t.state, t.origin, t.fence, t.explanation,
                               not exists (select 1 from turn u where u.tenant = t.tenant and u.seq < t.seq
                                           and u.conversation = t.conversation and u.phase <> 'finished'
                                           and u.answered_at is null),
                               p.language, p.zone, c.recalled is not null,
                               exists (select 1 from approval a where a.tenant = t.tenant and a.requester = t.person
                                       and a.state = 'open')
                        from turn t join conversation c on c.tenant = t.tenant and c.id = t.conversation
                        left join preference p on p.tenant = t.tenant and p.person = t.person
                        where t.tenant = ?1 and t.id = ?2 for update of t""", unit.tenant(), id).map(rows -> rows.isEmpty() ? null : waiting(rows.getFirst()));
    }

    private static Waiting waiting(Object[] c) {
        return new Waiting(row(c), (Boolean) c[6], (String) c[7], (String) c[8], (Boolean) c[9], (Boolean) c[10]);
    }

    /**
     * Stores the state that a turn has come to. A lease on its model call outlives what does not end the waiting for it.
     *
     * @param wakeAt null when no time is waited for
     * @param said what it has said with that; the first is its answer, later ones are kept with it; null: nothing
     */
    public static Uni<Void> save(
            UnitOfWork unit, TurnRow row, TurnState state, @Nullable Instant wakeAt, @Nullable String said) {
        boolean begun = row.state() instanceof TurnState.Queued;
        return unit.execute(
                        """
                        update turn set phase = ?3, state = ?4, wake_at = ?5, explanation = coalesce(?6, explanation),
                               lease_until = case when phase = 'thinking' and ?3 = 'thinking' then lease_until end,
                               input = coalesce(?8, input),
                               finished_at = case when ?3 = 'finished' then now() end,
                               answered_at = case when cast(?7 as text) is null then answered_at
                                                  else coalesce(answered_at, now()) end,
                               answer = case when cast(?7 as text) is null then answer
                                             when answer is null then ?7 else answer || E'\\n\\n' || ?7 end
                        where tenant = ?1 and id = ?2""",
                        unit.tenant(),
                        row.id(),
                        phase(state),
                        state(state),
                        wakeAt,
                        row.explanation(),
                        said,
                        begun ? WireJson.text(row.input()) : null)
                .replaceWithVoid();
    }

    /** Takes the lease on a model call and returns the new fencing number. */
    public static Uni<Long> lease(UnitOfWork unit, String turn, Duration time) {
        return unit.query(Long.class, """
                        update turn set fence = fence + 1, lease_until = now() + ?3 * interval '1 millisecond'
                        where tenant = ?1 and id = ?2 returning fence""", unit.tenant(), turn, time.toMillis()).map(List::getFirst);
    }

    /**
     * Extends leases and returns the turns of which this was still possible: of the others somebody else has taken over, or
     * they wait for no model any more. Zero ends them now.
     */
    public static Uni<Set<String>> renew(UnitOfWork unit, List<ModelCalls.UnderWay> calls, Duration time) {
        return unit.query(
                        String.class,
                        """
                        update turn t set lease_until = now() + ?4 * interval '1 millisecond'
                        from unnest(cast(?2 as text[]), cast(?3 as bigint[])) as mine(id, fence)
                        where t.tenant = ?1 and t.id = mine.id and t.fence = mine.fence and t.phase = 'thinking'
                        returning t.id""",
                        unit.tenant(),
                        calls.stream().map(call -> call.row().id()).toArray(String[]::new),
                        calls.stream().map(ModelCalls.UnderWay::fence).toArray(Long[]::new),
                        time.toMillis())
                .map(Set::copyOf);
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
                          and t.answered_at is not null and t.answer is not null
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
