package ai.chela.gateway.conversation;

import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.contracts.turn.Reply;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event before it has its number.
 *
 * @param inReplyTo id of the message that it answers or, for {@code accepted}, is; null for what comes by itself
 * @param code of a failure
 * @param approval code of the approval that it asks for or tells of
 * @param state of that approval: {@code open}, {@code approved}, {@code denied}, {@code expired}, {@code stopped}
 */
public record EventDraft(
        EventType type,
        @Nullable String inReplyTo,
        String text,
        @Nullable String code,
        @Nullable String approval,
        @Nullable String state,
        Instant at) {
    static EventDraft accepted(String messageId, String text, Instant at) {
        return new EventDraft(EventType.ACCEPTED, messageId, text, null, null, null, at);
    }

    static EventDraft of(Reply reply) {
        return switch (reply) {
            case Reply.Answer(var inReplyTo, var text, var awaiting, var at) ->
                new EventDraft(EventType.REPLY, inReplyTo, storable(text), null, awaiting, null, at);
            case Reply.Step(var inReplyTo, var text, var at) ->
                new EventDraft(EventType.STEP, inReplyTo, storable(text), null, null, null, at);
            case Reply.Failed(var inReplyTo, var code, var text, var at) ->
                new EventDraft(EventType.FAILED, inReplyTo, storable(text), code, null, null, at);
        };
    }

    static EventDraft of(ApprovalNotice notice) {
        return switch (notice) {
            case ApprovalNotice.Asked asked ->
                new EventDraft(
                        EventType.APPROVAL,
                        null,
                        storable(asked.operation() + " " + shown(asked.args()) + "\n" + asked.rule()),
                        null,
                        asked.code(),
                        "open",
                        asked.askedAt());
            case ApprovalNotice.Closed closed -> {
                String state = closed.outcome().name().toLowerCase(Locale.ROOT);
                yield new EventDraft(EventType.APPROVAL, null, state, null, closed.code(), state, closed.at());
            }
        };
    }

    private static String shown(Map<String, Object> args) {
        return new TreeMap<>(args).toString();
    }

    /** PostgreSQL's text holds every character but U+0000. */
    private static String storable(String text) {
        return text.replace("\0", "\uFFFD");
    }
}
