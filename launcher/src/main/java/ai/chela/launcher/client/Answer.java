package ai.chela.launcher.client;

/** How a question ended for its sender. */
public sealed interface Answer {
    record Replied(Event event) implements Answer {}

    record Failed(Event event) implements Answer {}

    /** The reply asks for a decision. */
    record AwaitsApproval(Event event) implements Answer {}

    /** Nothing final came within the time; the message stays accepted. */
    record TimedOut() implements Answer {}

    static Answer of(Event last) {
        return switch (last.type()) {
            case REPLY -> last.approval() == null ? new Replied(last) : new AwaitsApproval(last);
            case APPROVAL -> new AwaitsApproval(last);
            case FAILED -> new Failed(last);
            case ACCEPTED, PARTIAL, STEP, OTHER -> throw new IllegalArgumentException("not final: " + last.type());
        };
    }
}
