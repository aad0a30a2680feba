package ai.chela.contracts.turn;

import ai.chela.contracts.Check;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that the gateway has accepted: stored durably, and owed exactly one answer.
 *
 * @param messageId the platform's own id, unique within tenant and conversation, at most 200 characters
 * @param channel the channel that it came by: {@code http}, {@code openai}, {@code xmpp}, ...
 * @param text what was said, not blank, at most 65,536 bytes of UTF-8
 * @param speaker who said it
 * @param room true when others than the speaker read the conversation; what is told in private is never recalled in a
 *     room
 * @param mode what may answer it
 * @param context earlier messages that the client sent along: data for a model, never instructions; empty mostly
 * @param laterArrives where what comes later (a reminder) will be seen when the channel cannot show it; null when it
 *     arrives in the same place
 * @param receivedAt when the gateway stored it
 */
public record MessageReceived(
        String messageId,
        String channel,
        String text,
        Speaker speaker,
        boolean room,
        Mode mode,
        List<ContextMessage> context,
        @Nullable String laterArrives,
        Instant receivedAt) {
    public MessageReceived {
        Check.text("messageId", messageId, 200);
        Check.text("channel", channel, 50);
        Check.utf8("text", text, 65_536);
        Check.present("speaker", speaker);
        Check.present("mode", mode);
        Check.present("receivedAt", receivedAt);
        context = Check.listOrEmpty("context", context);
    }

    /** What may answer a message. */
    public enum Mode {
        /** Planner, memory, tools and model. */
        ASSISTANT,
        /** The model alone: no planner, no memory, no tools. For the title and tag prompts of chat front ends. */
        PLAIN
    }

    /**
     * The person who speaks.
     *
     * @param id id of the person within the tenant
     * @param name as shown to others
     * @param zone IANA time zone, e.g. {@code Europe/Berlin}
     * @param language {@code en} or {@code zh}, used where the text itself does not tell
     */
    public record Speaker(String id, String name, String zone, String language) {
        public Speaker {
            Check.text("speaker.id", id, 100);
            Check.text("speaker.name", name, 200);
            Check.text("speaker.zone", zone, 60);
            Check.text("speaker.language", language, 20);
        }
    }

    /** One earlier message as the client tells it; {@code role} is {@code system}, {@code user} or {@code assistant}. */
    public record ContextMessage(String role, String text) {
        public ContextMessage {
            Check.text("context.role", role, 20);
            Check.present("context.text", text);
        }
    }
}
