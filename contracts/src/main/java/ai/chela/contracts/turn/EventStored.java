package ai.chela.contracts.turn;

/**
 * Tells every gateway instance that a conversation has a new event, so that streams held elsewhere send it on.
 *
 * @param number the event's number within its conversation, from 1
 */
public record EventStored(long number) {
    public EventStored {
        if (number < 1) throw new IllegalArgumentException("number: from 1");
    }
}
