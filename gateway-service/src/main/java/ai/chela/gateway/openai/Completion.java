package ai.chela.gateway.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of one completion. Usage is always zero: tokens are counted where the model is called, and much is answered
 * without one.
 *
 * @param created seconds since 1970
 */
public record Completion(String id, String model, long created) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The answer in one piece. */
    public String whole(String text) {
        ObjectNode root = root("chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .putNull("refusal");
        choice.putNull("logprobs").put("finish_reason", "stop");
        root.set("usage", usage());
        return json(root);
    }

    /** The first chunk of a stream: who speaks. */
    public String opening() {
        ObjectNode root = root("chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.putNull("logprobs").putNull("finish_reason");
        return json(root);
    }

    public String delta(String text) {
        ObjectNode root = root("chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("content", text);
        choice.putNull("logprobs").putNull("finish_reason");
        return json(root);
    }

    public String closing() {
        ObjectNode root = root("chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.putNull("logprobs").put("finish_reason", "stop");
        return json(root);
    }

    /** The chunk after the closing one, where the client asked for the usage. */
    public String usageChunk() {
        ObjectNode root = root("chat.completion.chunk");
        root.putArray("choices");
        root.set("usage", usage());
        return json(root);
    }

    /** The models that there are. */
    public static String models() {
        ObjectNode root = MAPPER.createObjectNode().put("object", "list");
        var data = root.putArray("data");
        data.add(model(ChatRequest.ASSISTANT));
        data.add(model(ChatRequest.PLAIN));
        return json(root);
    }

    /** One model by its name, null when there is none. */
    public static @Nullable String modelNamed(String name) {
        return name.equals(ChatRequest.ASSISTANT) || name.equals(ChatRequest.PLAIN) ? json(model(name)) : null;
    }

    /** An error as OpenAI's clients read it. */
    public static String error(String message, String type, @Nullable String param, String code) {
        ObjectNode root = MAPPER.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return json(root);
    }

    private static ObjectNode model(String name) {
        return MAPPER.createObjectNode()
                .put("id", name)
                .put("object", "model")
                .put("created", 1_767_225_600)
                .put("owned_by", "chela");
    }

    private ObjectNode root(String object) {
        return MAPPER.createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private static ObjectNode usage() {
        return MAPPER.createObjectNode()
                .put("prompt_tokens", 0)
                .put("completion_tokens", 0)
                .put("total_tokens", 0);
    }

    private static String json(ObjectNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }
}
