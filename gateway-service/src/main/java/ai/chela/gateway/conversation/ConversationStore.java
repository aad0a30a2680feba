package ai.chela.gateway.conversation;

import ai.chela.gateway.db.Columns;
import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of conversations, messages and events. */
final class ConversationStore {
    /** The conversation's row is locked to the end of the transaction, so that numbers are committed in their order. */
    private static final String APPEND = """
            with numbered as (
                insert into conversation as c (tenant, id, owner, name, channel, last_event)
                values (?1, ?2, ?3, ?4, ?5, 1)
                on conflict (tenant, id) do update set last_event = c.last_event + 1 returning last_event)
            insert into event (tenant, conversation, number, type, in_reply_to, text, code, approval, state, at)
            select ?1, ?2, last_event, ?6, ?7, ?8, ?9, ?10, ?11, ?12 from numbered
            returning number""";

    private ConversationStore() {}

    record Earlier(long number, String hash) {}

    /** False when the conversation has a message of that id already. */
    static Uni<Boolean> addMessage(UnitOfWork unit, Incoming incoming, String hash, Instant at) {
        return unit.execute(
                        """
                        insert into message (tenant, conversation, id, channel, text, hash, state, accepted_at)
                        values (?1, ?2, ?3, ?4, ?5, ?6, 'accepted', ?7) on conflict do nothing""",
                        unit.tenant(),
                        incoming.conversation().wire(),
                        incoming.messageId(),
                        incoming.channel(),
                        incoming.text(),
                        hash,
                        at)
                .map(rows -> rows == 1);
    }

    static Uni<Earlier> earlier(UnitOfWork unit, Incoming incoming) {
        return unit.rows(
                        "select number, hash from message where tenant = ?1 and conversation = ?2 and id = ?3",
                        unit.tenant(),
                        incoming.conversation().wire(),
                        incoming.messageId())
                .map(rows -> new Earlier((Long) rows.getFirst()[0], (String) rows.getFirst()[1]));
    }

    static Uni<Integer> numberMessage(UnitOfWork unit, Incoming incoming, long number) {
        return unit.execute(
                "update message set number = ?4 where tenant = ?1 and conversation = ?2 and id = ?3",
                unit.tenant(),
                incoming.conversation().wire(),
                incoming.messageId(),
                number);
    }

    /** Stores an event under the next number; creates the conversation when there is none. */
    static Uni<StoredEvent> append(UnitOfWork unit, ConversationId conversation, String channel, EventDraft draft) {
        return unit.query(
                        Long.class,
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
                .map(numbers -> StoredEvent.of(draft, numbers.getFirst()));
    }

    /** Where the answers of a conversation on a chat platform go. */
    static Uni<Integer> address(UnitOfWork unit, ConversationId conversation, String address) {
        return unit.execute(
                "update conversation set address = ?3 where tenant = ?1 and id = ?2 and address is distinct from ?3",
                unit.tenant(),
                conversation.wire(),
                address);
    }

    /** When the message was accepted, if this is its first answer; null otherwise. */
    static Uni<@Nullable Instant> answered(UnitOfWork unit, ConversationId conversation, String messageId, Instant at) {
        return unit.query(Instant.class, """
                        update message set state = 'answered', answered_at = ?4
                        where tenant = ?1 and conversation = ?2 and id = ?3 and state = 'accepted'
                        returning accepted_at""", unit.tenant(), conversation.wire(), messageId, at)
                .map(times -> times.isEmpty() ? null : times.getFirst());
    }

    static Uni<@Nullable Conversation> find(UnitOfWork unit, ConversationId conversation) {
        return unit.session().find(Conversation.class, new Conversation.Key(unit.tenant(), conversation.wire()));
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
