package ai.chela.gateway.conversation;

import ai.chela.contracts.turn.ReplyPartial;

/** What a stream shows next. */
public sealed interface Frame {
    record Stored(StoredEvent event) implements Frame {}

    /** A piece of an answer; has no number and is not replayed. */
    record Partial(ReplyPartial partial) implements Frame {}

    /** Nothing new, but alive. */
    record Heartbeat() implements Frame {}
}
