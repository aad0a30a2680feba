package ai.chela.contracts.docs;

import ai.chela.contracts.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The AsyncAPI document, as the jar carries it. */
public final class AsyncApi {
    private final JsonNode tree;

    private AsyncApi(JsonNode tree) {
        this.tree = tree;
    }

    /** One header of a topic's records. */
    public record Header(String name, boolean required, String description) {}

    public static AsyncApi read() {
        return new AsyncApi(yaml("/asyncapi.yaml"));
    }

    static JsonNode yaml(String resource) {
        try (InputStream in = AsyncApi.class.getResourceAsStream(resource)) {
            if (in == null) throw new AssertionError(resource + " is missing");
            return new ObjectMapper(new YAMLFactory()).readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The topics of all channels, in the order of the document, also when one is there twice. */
    public List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        tree.path("channels")
                .forEach(channel -> addresses.add(channel.path("address").asText()));
        return addresses;
    }

    public JsonNode channel(Topic topic) {
        for (JsonNode channel : tree.path("channels"))
            if (channel.path("address").asText().equals(topic.topicName())) return channel;
        throw new AssertionError("no channel has the address " + topic.topicName());
    }

    public JsonNode message(Topic topic) {
        return channel(topic).path("messages").elements().next();
    }

    /** The form of the record's key, e.g. {@code tenant/conversation}. */
    public String key(Topic topic) {
        return channel(topic).path("x-key").asText();
    }

    public List<String> requiredHeaders(Topic topic) {
        return headers(topic).stream()
                .filter(Header::required)
                .map(Header::name)
                .toList();
    }

    /** The headers in the order of the document, required ones first. */
    public List<Header> headers(Topic topic) {
        Map<String, String> described = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (JsonNode part : message(topic).at("/headers/allOf")) {
            JsonNode schema = resolve(part);
            schema.path("required").forEach(name -> required.add(name.asText()));
            for (Map.Entry<String, JsonNode> header : schema.path("properties").properties())
                described.putIfAbsent(
                        header.getKey(), header.getValue().path("description").asText());
        }
        List<Header> headers = new ArrayList<>();
        for (boolean wanted : new boolean[] {true, false})
            described.forEach((name, description) -> {
                if (required.contains(name) == wanted) headers.add(new Header(name, wanted, description));
            });
        return headers;
    }

    private JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) return node;
        JsonNode target = tree.at(node.get("$ref").asText().substring(1));
        if (target.isMissingNode()) throw new AssertionError(node + " leads nowhere");
        return target;
    }
}
