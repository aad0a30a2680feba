package ai.chela.contracts.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds where a message holds texts that the schema bounds only by length and blankness. */
final class PlainTexts {
    /** What the schemas say for "not blank", with Java's meaning of white space in the syntax of every regex dialect. */
    private static final String NOT_BLANK = "[^\\s\\u1680\\u2000-\\u200a\\u2028\\u2029\\u205f\\u3000]";

    private final MessageSchema schema;
    private final Set<String> found = new TreeSet<>();

    private PlainTexts(MessageSchema schema) {
        this.schema = schema;
    }

    /** The places, in JSON Pointer form. */
    static Set<String> paths(MessageSchema schema, JsonNode message) {
        PlainTexts texts = new PlainTexts(schema);
        texts.walk("", schema.tree(), message);
        return texts.found;
    }

    private void walk(String path, JsonNode reference, JsonNode value) {
        JsonNode node = variant(schema.resolve(reference), value);
        if (value.isTextual() && isPlain(node)) found.add(path);
        if (value.isArray())
            for (int i = 0; i < value.size(); i++) walk(path + "/" + i, node.path("items"), value.get(i));
        if (value.isObject())
            for (Map.Entry<String, JsonNode> field : value.properties())
                walk(path + "/" + field.getKey(), node.path("properties").path(field.getKey()), field.getValue());
    }

    private JsonNode variant(JsonNode node, JsonNode value) {
        for (JsonNode option : node.path("oneOf"))
            if (schema.resolve(option).at("/properties/kind/const").equals(value.path("kind")))
                return schema.resolve(option);
        return node;
    }

    private static boolean isPlain(JsonNode node) {
        return node.path("type").asText().equals("string")
                && !node.has("format")
                && !node.has("enum")
                && node.path("pattern").asText(NOT_BLANK).equals(NOT_BLANK);
    }
}
