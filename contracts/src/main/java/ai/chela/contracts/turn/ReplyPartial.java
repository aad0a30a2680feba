package ai.chela.contracts.turn;

import ai.chela.contracts.Check;
import org.jspecify.annotations.Nullable;

/**
 * A piece of an answer while a model still writes it. Broadcast, may be lost, not replayed.
 *
 * @param inReplyTo the message that is being answered
 * @param attempt from 1; a higher one starts the text anew
 * @param index from 0 within the attempt
 * @param text the piece
 */
public record ReplyPartial(@Nullable String inReplyTo, int attempt, int index, String text) {
    public ReplyPartial {
        if (attempt < 1) throw new IllegalArgumentException("attempt: from 1");
        if (index < 0) throw new IllegalArgumentException("index: from 0");
        Check.present("text", text);
    }
}
