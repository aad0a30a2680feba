package ai.chela.gateway.conversation;

import ai.chela.gateway.db.Columns;
import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of conversations, messages and events. */
final class ConversationStore {
    /**
     * A message, its event and its conversation at once; nothing when the conversation has a message of that id already.
     * The conversation's row is locked to the end of the transaction, so that numbers are committed in their order.
     */
    private static final String ACCEPT = """
            with fresh as (
                select 1 where not exists (
                    select 1 from message where tenant = ?1 and conversation = ?2 and id = ?7)),
            numbered as (
                insert into conversation as c (tenant, id, owner, name, channel, address, last_event)
                select ?1, ?2, ?3, ?4, ?5, ?6, 1 from fresh
                on conflict (tenant, id) do update set
                    last_event = c.last_event + 1, address = coalesce(excluded.address, c.address)
                returning last_event),
            stored as (
                insert into message (tenant, conversation, id, number, channel, text, hash, state, accepted_at)
                select ?1, ?2, ?7, last_event, ?5, ?8, ?9, 'accepted', ?10 from numbered)
            insert into event (tenant, conversation, number, type, in_reply_to, text, at)
            select ?1, ?2, last_event, 'accepted', ?7, ?8, ?10 from numbered
            returning number""";

    /** Any other event under the next number; an answer also ends the waiting of the message that it answers. */
    private static final String APPEND = """
            with numbered as (
                insert into conversation as c (tenant, id, owner, name, channel, last_event)
                values (?1, ?2, ?3, ?4, ?5, 1)
                on conflict (tenant, id) do update set last_event = c.last_event + 1
                returning last_event, address),
            stored as (
                insert into event (tenant, conversation, number, type, in_reply_to, text, code, approval, state, at)
                select ?1, ?2, last_event, ?6, ?7, ?8, ?9, ?10, ?11, ?12 from numbered),
            answered as (
                update message set state = 'answered', answered_at = now()
                where tenant = ?1 and conversation = ?2 and id = ?7 and state = 'accepted'
                  and ?6 in ('reply', 'failed')
                returning accepted_at)
            select last_event, address, (select accepted_at from answered) from numbered""";

    private ConversationStore() {}

    record Earlier(long number, String hash) {}

    /**
     * An event that was stored.
     *
     * @param address where the answers of its conversation go; null when it is on no chat platform
     * @param accepted when the message was accepted whose first answer this is; null when it is none
     */
    record Appended(
            StoredEvent event,
            @Nullable String address,
            @Nullable Instant accepted) {}

    /**
     * Stores a message, and its conversation when there is none; null when the conversation has a message of that id already.
     * Fails with a duplicate key when the same message comes twice at the same moment: the second finds it when it tries again.
     *
     * @param address where the conversation's answers go from now on; null leaves that as it is
     */
    static Uni<@Nullable StoredEvent> accept(
            UnitOfWork unit, Incoming incoming, @Nullable String address, String hash, Instant at) {
        ConversationId conversation = incoming.conversation();
        return unit.query(
                        Long.class,
                        ACCEPT,
                        unit.tenant(),
                        conversation.wire(),
                        conversation.person(),
                        conversation.name(),
                        incoming.channel(),
                        address,
                        incoming.messageId(),
                        incoming.text(),
                        hash,
                        at)
                .map(numbers -> numbers.isEmpty()
                        ? null
                        : StoredEvent.of(
                                EventDraft.accepted(incoming.messageId(), incoming.text(), at), numbers.getFirst()));
    }

    static Uni<Earlier> earlier(UnitOfWork unit, Incoming incoming) {
        return unit.rows(
                        "select number, hash from message where tenant = ?1 and conversation = ?2 and id = ?3",
                        unit.tenant(),
                        incoming.conversation().wire(),
                        incoming.messageId())
                .map(rows -> new Earlier((Long) rows.getFirst()[0], (String) rows.getFirst()[1]));
    }

    /** Stores an event under the next number; creates the conversation when there is none. */
    static Uni<Appended> append(UnitOfWork unit, ConversationId conversation, String channel, EventDraft draft) {
        return unit.rows(
                        APPEND,
                        unit.tenant(),
                        conversation.wire(),
                        conversation.person(),
                        conversation.name(),
                        channel,
                        draft.type().word(),
                        draft.inReplyTo(),
                        draft.text(),
                        draft.code(),
                        draft.approval(),
                        draft.state(),
                        draft.at())
                .map(rows -> appended(draft, rows.getFirst()));
    }

    private static Appended appended(EventDraft draft, @Nullable Object[] row) {
        long number = ((Number) java.util.Objects.requireNonNull(row[0])).longValue();
        return new Appended(
                StoredEvent.of(draft, number), (String) row[1], row[2] == null ? null : Columns.time(row[2]));
    }

    static Uni<@Nullable Conversation> find(UnitOfWork unit, ConversationId conversation) {
        return unit.session().find(Conversation.class, new Conversation.Key(unit.tenant(), conversation.wire()));
    }

    /** The number of the last event by conversation. */
    static Uni<Map<String, Long>> lastEvents(UnitOfWork unit, String[] conversations) {
        return unit.rows(
                        "select id, last_event from conversation where tenant = ?1 and id = any(?2)",
                        unit.tenant(),
                        conversations)
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(row -> (String) row[0], row -> ((Number) row[1]).longValue())));
    }

    /** Events after a number, in order. */
    static Uni<List<StoredEvent>> after(UnitOfWork unit, ConversationId conversation, long number, int limit) {
        return unit.rows("""
                        select type, number, in_reply_to, text, code, approval, state, at from event
                        where tenant = ?1 and conversation = ?2 and number > ?3 order by number limit ?4""", unit.tenant(), conversation.wire(), number, limit)
                .map(rows -> rows.stream().map(ConversationStore::event).toList());
    }

    private static StoredEvent event(@Nullable Object[] row) {
        return new StoredEvent(
                EventType.of(String.valueOf(row[0])),
                ((Number) java.util.Objects.requireNonNull(row[1])).longValue(),
                (String) row[2],
                String.valueOf(row[3]),
                (String) row[4],
                (String) row[5],
                (String) row[6],
                Columns.time(row[7]));
    }
}
