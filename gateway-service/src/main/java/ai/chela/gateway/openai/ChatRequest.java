package ai.chela.gateway.openai;

import ai.chela.contracts.turn.MessageReceived.ContextMessage;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.gateway.conversation.MessageText;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chat completion asks for. Only the last user message is input; everything else is data for a model. Sampling
 * settings, tools and {@code user} are Chela's own matter and are not looked at.
 *
 * @param context earlier messages, oldest first, the newest 128 KiB of them
 * @param includeUsage whether a stream ends with a chunk that holds the usage
 */
public record ChatRequest(
        String model, Mode mode, String text, List<ContextMessage> context, boolean stream, boolean includeUsage) {
    /** Everything by planner, memory, tools and model. */
    public static final String ASSISTANT = "chela";

    /** The model alone. */
    public static final String PLAIN = "chela-plain";

    private static final int MAX_CONTEXT = 131_072;

    /** The request is not one that can be answered; {@code param} is the field that is wrong. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final @Nullable String param;
        private final String code;

        RefusedException(String message, @Nullable String param, String code) {
            super(message, null, false, false);
            this.param = param;
            this.code = code;
        }

        public @Nullable String param() {
            return param;
        }

        public String code() {
            return code;
        }
    }

    /**
     * @throws RefusedException naming the field
     */
    public static ChatRequest read(JsonNode body) {
        String model = body.path("model").asText("");
        Mode mode = switch (model) {
            case ASSISTANT -> Mode.ASSISTANT;
            case PLAIN -> Mode.PLAIN;
            case "" -> throw refused("model is missing; there are: chela, chela-plain", "model");
            default ->
                throw new RefusedException(
                        "The model `" + shortened(model) + "` does not exist; there are: chela, chela-plain",
                        "model",
                        "model_not_found");
        };
        JsonNode n = body.path("n");
        if (!n.isMissingNode() && !n.isNull() && n.asInt(0) != 1)
            throw refused("only one choice can be had: n = 1", "n");
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty())
            throw refused("messages must be a list that is not empty", "messages");
        int input = lastUser(messages);
        String text = text(messages.get(input), "messages[" + input + "]");
        String problem = MessageText.problem(text);
        if (problem != null) throw refused("the last user message " + problem, "messages[" + input + "].content");
        return new ChatRequest(
                model,
                mode,
                text,
                context(messages, input),
                flag(body, "stream"),
                flag(body.path("stream_options"), "include_usage"));
    }

    private static boolean flag(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) return false;
        if (!value.isBoolean()) throw refused(name + " must be true or false", name);
        return value.booleanValue();
    }

    private static int lastUser(JsonNode messages) {
        for (int i = messages.size() - 1; i >= 0; i--)
            if (messages.get(i).path("role").asText("").equals("user")) return i;
        throw refused("messages must hold one of role user: that is what is answered", "messages");
    }

    private static List<ContextMessage> context(JsonNode messages, int input) {
        List<ContextMessage> context = new ArrayList<>();
        int size = 0;
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (i == input) continue;
            JsonNode message = messages.get(i);
            String role = role(message, i);
            if (message.path("content").isNull() || message.path("content").isMissingNode()) continue;
            String text = text(message, "messages[" + i + "]");
            size += text.length();
            if (size > MAX_CONTEXT) break;
            context.add(new ContextMessage(role, text));
        }
        Collections.reverse(context);
        return context;
    }

    private static String role(JsonNode message, int index) {
        return switch (message.path("role").asText("")) {
            case "system", "developer" -> "system";
            case "user" -> "user";
            case "assistant", "tool", "function" -> "assistant";
            default ->
                throw refused(
                        "role must be one of system, developer, user, assistant, tool", "messages[" + index + "].role");
        };
    }

    private static String text(JsonNode message, String where) {
        JsonNode content = message.path("content");
        if (content.isTextual()) return content.textValue();
        if (!content.isArray()) throw refused("content must be a string or a list of text parts", where + ".content");
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            String type = part.path("type").asText("");
            if (!type.equals("text") || !part.path("text").isTextual())
                throw refused(
                        "a content part of type \"" + shortened(type) + "\" cannot be read; only text can",
                        where + ".content");
            if (!text.isEmpty()) text.append('\n');
            text.append(part.path("text").textValue());
        }
        return text.toString();
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private static RefusedException refused(String message, String param) {
        return new RefusedException(message, param, "invalid_request");
    }
}
