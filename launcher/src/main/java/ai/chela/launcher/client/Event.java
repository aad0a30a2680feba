package ai.chela.launcher.client;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One event of a conversation.
 *
 * @param number its place in the conversation, null for a partial
 * @param inReplyTo the id of the message that it answers, null for what comes by itself
 * @param code of a failure, null otherwise
 * @param restarts true for a partial that begins the text anew
 * @param approval what to name in {@code /approve}, null when nothing waits
 */
public record Event(
        @Nullable Long number,
        Type type,
        @Nullable String inReplyTo,
        String text,
        @Nullable String code,
        @Nullable String approval,
        boolean restarts) {

    /** The kinds that the gateway sends; a kind that this version does not know is {@link #OTHER}. */
    public enum Type {
        ACCEPTED,
        PARTIAL,
        STEP,
        APPROVAL,
        REPLY,
        FAILED,
        OTHER;

        static Type named(String name) {
            for (Type type : values()) if (type.name().equalsIgnoreCase(name)) return type;
            return OTHER;
        }

        /** True for what ends a turn as far as its sender is concerned. */
        public boolean isFinal() {
            return switch (this) {
                case REPLY, FAILED, APPROVAL -> true;
                case ACCEPTED, PARTIAL, STEP, OTHER -> false;
            };
        }
    }

    static Event of(String type, JsonNode data) {
        JsonNode number = data.path("number");
        return new Event(
                number.isNumber() ? number.asLong() : null,
                Type.named(type),
                text(data, "inReplyTo"),
                data.path("text").asText(""),
                text(data, "code"),
                text(data, "approval"),
                data.path("index").asInt(-1) == 0);
    }

    private static @Nullable String text(JsonNode data, String field) {
        JsonNode node = data.path(field);
        return node.isTextual() ? node.asText() : null;
    }

    public boolean answers(String messageId) {
        return messageId.equals(inReplyTo);
    }
}
