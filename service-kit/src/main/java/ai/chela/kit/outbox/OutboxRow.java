package ai.chela.kit.outbox;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;

/** A stored message, ready to be sent; its envelope carries its number. */
public record OutboxRow(Topic topic, Envelope envelope, byte[] payload) {
    public String id() {
        return envelope.id();
    }
}
