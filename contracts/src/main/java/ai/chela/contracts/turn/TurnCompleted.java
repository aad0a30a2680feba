package ai.chela.contracts.turn;

import ai.chela.contracts.Check;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import java.time.Instant;
import java.util.List;

/**
 * A finished turn, from which memory may learn.
 *
 * @param text what the person said
 * @param answer what Chela answered
 * @param operations names of the operations done, in order
 */
public record TurnCompleted(
        Speaker speaker, boolean room, String text, String answer, List<String> operations, Instant at) {
    public TurnCompleted {
        Check.present("speaker", speaker);
        Check.present("text", text);
        Check.present("answer", answer);
        Check.present("at", at);
        operations = Check.listOrEmpty("operations", operations);
    }
}
