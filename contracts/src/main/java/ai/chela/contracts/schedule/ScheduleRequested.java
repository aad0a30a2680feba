package ai.chela.contracts.schedule;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A change of triggers, on behalf of the person in the envelope. Answered by one {@link ScheduleChanged}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ScheduleRequested.Remind.class, name = "remind"),
    @JsonSubTypes.Type(value = ScheduleRequested.Watch.class, name = "watch"),
    @JsonSubTypes.Type(value = ScheduleRequested.Change.class, name = "change"),
    @JsonSubTypes.Type(value = ScheduleRequested.ListAll.class, name = "list")
})
public sealed interface ScheduleRequested {
    String callId();

    /**
     * Say (or do) something later in the envelope's conversation.
     *
     * @param text what to say, or the message to act on
     * @param action whether the text is said, asked, or planned and done like a message of the owner
     * @param until the last date on which it may fire, in {@code zone}; null: no end
     */
    record Remind(
            String callId,
            Timing timing,
            @Nullable LocalDate until,
            String zone,
            String language,
            Action action,
            String text)
            implements ScheduleRequested {
        public Remind {
            Check.text("callId", callId, 200);
            Check.present("timing", timing);
            Check.text("zone", zone, 60);
            Check.text("language", language, 20);
            Check.present("action", action);
            Check.text("text", text, 16_384);
        }
    }

    /**
     * Ask a URL at an interval and tell the envelope's conversation when its answer changes between good and bad.
     *
     * @param url http or https
     * @param interval at least 5 seconds
     * @param expectedStatus the status that is good
     * @param approved code of the approval for a private or loopback address; null where none was needed
     */
    record Watch(
            String callId,
            String url,
            Duration interval,
            int expectedStatus,
            String zone,
            String language,
            @Nullable String approved)
            implements ScheduleRequested {
        public Watch {
            Check.text("callId", callId, 200);
            Check.text("url", url, 2_048);
            Check.present("interval", interval);
            if (interval.compareTo(Duration.ofSeconds(5)) < 0)
                throw new IllegalArgumentException("interval: at least 5 seconds");
            Check.text("zone", zone, 60);
            Check.text("language", language, 20);
        }
    }

    /** Change one trigger by its handle; {@code handle} may be {@code "last"} for the newest of the conversation. */
    record Change(String callId, String handle, Verb verb) implements ScheduleRequested {
        public Change {
            Check.text("callId", callId, 200);
            Check.text("handle", handle, 40);
            Check.present("verb", verb);
        }
    }

    record ListAll(String callId) implements ScheduleRequested {
        public ListAll {
            Check.text("callId", callId, 200);
        }
    }

    /** What a trigger does with its text. */
    enum Action {
        /** Says it. */
        REMIND,
        /** Asks it, as a question. */
        ASK,
        /** Plans and does it as if its owner had said it. */
        DO
    }

    /** What can be done with a trigger. */
    enum Verb {
        PAUSE,
        RESUME,
        CANCEL,
        RUN_NOW
    }
}
