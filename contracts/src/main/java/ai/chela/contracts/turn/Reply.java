package ai.chela.contracts.turn;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the agent tells a conversation. The envelope's conversation says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Answer.class, name = "answer"),
    @JsonSubTypes.Type(value = Reply.Step.class, name = "step"),
    @JsonSubTypes.Type(value = Reply.Failed.class, name = "failed")
})
public sealed interface Reply {
    /** The message that it answers; null for what comes by itself (a reminder, an alert, an expired approval). */
    @Nullable
    String inReplyTo();

    /** For people, in the language of the message; Markdown where the channel shows it. */
    String text();

    Instant at();

    /**
     * A final answer. A message has exactly one first {@code Answer} or {@code Failed}; what a turn says after it was
     * parked or by itself has no {@code inReplyTo}.
     *
     * @param awaiting code of the approval that this answer asks for, null when it asks for none
     */
    record Answer(
            @Nullable String inReplyTo,
            String text,
            @Nullable String awaiting,
            Instant at) implements Reply {
        public Answer {
            Check.present("text", text);
            Check.present("at", at);
        }
    }

    /** Progress that a person may want to see: a tool was started, a memory is looked up. */
    record Step(@Nullable String inReplyTo, String text, Instant at) implements Reply {
        public Step {
            Check.present("text", text);
            Check.present("at", at);
        }
    }

    /**
     * The turn failed; the text says what was wrong and what to do.
     *
     * @param code stable, e.g. {@code model.unreachable}
     */
    record Failed(@Nullable String inReplyTo, String code, String text, Instant at) implements Reply {
        public Failed {
            Check.text("code", code, 100);
            Check.present("text", text);
            Check.present("at", at);
        }
    }
}
