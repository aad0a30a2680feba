package ai.chela.gateway.conversation;

import java.util.Locale;

/** Kinds of stored events; partials are not stored. */
public enum EventType {
    ACCEPTED,
    STEP,
    APPROVAL,
    REPLY,
    FAILED;

    /** As in the database and on streams. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EventType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
