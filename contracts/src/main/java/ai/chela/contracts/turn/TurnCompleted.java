package ai.chela.contracts.turn;

import ai.chela.contracts.Check;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished turn, from which memory may learn.
 *
 * @param text what the person said
 * @param answer what Chela answered
 * @param operations names of the operations done, in order
 * @param mayAsk true where there is a model that can be asked what the message teaches; null for no
 */
public record TurnCompleted(
        Speaker speaker,
        boolean room,
        String text,
        String answer,
        List<String> operations,
        Instant at,
        @Nullable Boolean mayAsk) {
    public TurnCompleted {
        Check.present("speaker", speaker);
        Check.present("text", text);
        Check.present("answer", answer);
        Check.present("at", at);
        operations = Check.listOrEmpty("operations", operations);
    }

    /** Where no model can be asked. */
    public TurnCompleted(
            Speaker speaker, boolean room, String text, String answer, List<String> operations, Instant at) {
        this(speaker, room, text, answer, operations, at, null);
    }
}
