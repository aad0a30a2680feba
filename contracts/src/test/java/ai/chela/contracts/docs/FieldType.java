package ai.chela.contracts.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a schema says of a field, in few words. */
final class FieldType {
    private FieldType() {}

    static String of(JsonNode field) {
        if (field.has("$ref")) return "`" + referred(field) + "`";
        if (field.has("const")) return "`\"" + field.path("const").asText() + "\"`";
        if (field.has("enum")) return values(field.path("enum"));
        return switch (field.path("type").asText()) {
            case "array" -> "list of " + of(field.path("items"));
            case "string" -> text(field);
            case "integer" -> "integer" + bounds(field);
            case "number" -> "number" + bounds(field);
            case String other -> other;
        };
    }

    /** The name of the definition that {@code $ref} leads to. */
    static String referred(JsonNode field) {
        String reference = field.path("$ref").asText();
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static String text(JsonNode field) {
        if (field.has("format")) return field.path("format").asText();
        if (field.path("contentEncoding").asText().equals("base64")) return "Base64";
        String pattern = field.path("pattern").asText();
        if (pattern.startsWith("^PT")) return "duration";
        if (pattern.startsWith("^([01]")) return "time of day";
        return field.has("maxLength")
                ? "text, at most " + field.path("maxLength").asInt()
                : "text";
    }

    private static String bounds(JsonNode field) {
        long low = field.path("minimum").asLong();
        long high = field.path("maximum").asLong();
        if (low <= Integer.MIN_VALUE) return "";
        return high >= Integer.MAX_VALUE ? " from " + low : " from " + low + " to " + high;
    }

    private static String values(JsonNode constants) {
        List<String> values = new ArrayList<>();
        constants.forEach(constant -> values.add("`" + constant.asText() + "`"));
        return String.join(", ", values);
    }
}
