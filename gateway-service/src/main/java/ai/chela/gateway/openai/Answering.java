package ai.chela.gateway.openai;

import ai.chela.contracts.turn.ReplyPartial;
import ai.chela.gateway.conversation.ConversationId;
import ai.chela.gateway.conversation.EventStreams;
import ai.chela.gateway.conversation.EventType;
import ai.chela.gateway.conversation.Frame;
import ai.chela.gateway.conversation.StoredEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Picks the answer to one message out of its conversation's events. */
@ApplicationScoped
public class Answering {
    private final EventStreams streams;

    public Answering(EventStreams streams) {
        this.streams = streams;
    }

    /**
     * Deltas as they come, then the whole answer or a failure, then the end. The deltas together are the answer, whatever
     * was lost on the way.
     *
     * @param number of the message's own event
     */
    public Multi<Piece> pieces(ConversationId conversation, String messageId, long number) {
        AnswerText text = new AnswerText();
        return streams.open(conversation, number)
                .onItem()
                .transformToIterable(frame -> pieces(frame, messageId, text))
                .select()
                .first(piece -> !(piece instanceof Piece.End));
    }

    private static List<Piece> pieces(Frame frame, String messageId, AnswerText text) {
        return switch (frame) {
            case Frame.Heartbeat() -> List.of(new Piece.Alive());
            case Frame.Partial(ReplyPartial partial) ->
                messageId.equals(partial.inReplyTo())
                        ? deltas(text.piece(partial.attempt(), partial.index(), partial.text()))
                        : List.of();
            case Frame.Stored(StoredEvent event) -> messageId.equals(event.inReplyTo()) ? last(event, text) : List.of();
        };
    }

    private static List<Piece> last(StoredEvent event, AnswerText text) {
        if (event.kind() == EventType.FAILED)
            return List.of(new Piece.Failed(String.valueOf(event.code()), event.text()), new Piece.End());
        if (event.kind() != EventType.REPLY) return List.of();
        return List.of(new Piece.Delta(text.complete(event.text())), new Piece.Answer(event.text()), new Piece.End());
    }

    private static List<Piece> deltas(String added) {
        return added.isEmpty() ? List.of() : List.of(new Piece.Delta(added));
    }
}
