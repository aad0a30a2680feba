package ai.chela.system.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One event of a conversation.
 *
 * @param kind accepted, partial, step, approval, reply or failed
 * @param number 0 for a partial, which has none
 * @param approval code of an approval that it concerns
 */
public record Event(
        String kind,
        long number,
        @Nullable String inReplyTo,
        String text,
        @Nullable String approval,
        @Nullable String state,
        @Nullable String code) {

    static Event of(String kind, JsonNode data) {
        return new Event(
                kind,
                data.path("number").asLong(),
                text(data, "inReplyTo"),
                data.path("text").asText(),
                text(data, "approval"),
                text(data, "state"),
                text(data, "code"));
    }

    private static @Nullable String text(JsonNode data, String field) {
        JsonNode value = data.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    /** True for what comes by itself, such as a reminder. */
    public boolean byItself() {
        return kind.equals("reply") && inReplyTo == null;
    }

    /** True for the answer to a message: a reply or a failure. */
    public boolean answers(String id) {
        return (kind.equals("reply") || kind.equals("failed")) && id.equals(inReplyTo);
    }
}
