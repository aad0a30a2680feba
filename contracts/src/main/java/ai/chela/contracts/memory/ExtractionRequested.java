package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import java.time.Instant;

/**
 * Asks what a message teaches that no certain pattern has found. The message is one that a person typed where nobody else
 * reads along; it holds nothing that looks like a credential.
 *
 * @param callId the answer carries it again
 * @param text the message, exactly as it was said, without what was learned from it already; at most 2,000 characters
 * @param at when it was said
 */
public record ExtractionRequested(String callId, Speaker speaker, String text, Instant at) {
    public ExtractionRequested {
        Check.text("callId", callId, 200);
        Check.present("speaker", speaker);
        Check.text("text", text, 2_000);
        Check.present("at", at);
    }
}
