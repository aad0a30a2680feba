package ai.chela.toolrunner.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the JSON Schema of a tool's arguments in few words. */
public final class Schema {
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<String> required = new java.util.ArrayList<>();

    private Schema() {}

    /** Of a tool without arguments, to be added to. */
    public static Schema object() {
        return new Schema();
    }

    /** A text that must be there and not be blank, at most {@code max} UTF-16 units. */
    public Schema text(String name, int max, String description) {
        required.add(name);
        return property(name, Map.of("type", "string", "minLength", 1, "maxLength", max, "description", description));
    }

    /** A text that may be there. */
    public Schema optionalText(String name, int max, String description) {
        return property(name, Map.of("type", "string", "maxLength", max, "description", description));
    }

    /** One of the given words. */
    public Schema word(String name, List<String> allowed, String description) {
        required.add(name);
        return property(name, Map.of("type", "string", "enum", allowed, "description", description));
    }

    /** A whole number from {@code min} to {@code max}. */
    public Schema whole(String name, long min, long max, String description) {
        required.add(name);
        return property(name, Map.of("type", "integer", "minimum", min, "maximum", max, "description", description));
    }

    /** The schema, which allows no other argument. */
    public Map<String, Object> build() {
        return Map.of(
                "type",
                "object",
                "properties",
                Map.copyOf(properties),
                "required",
                List.copyOf(required),
                "additionalProperties",
                false);
    }

    private Schema property(String name, Map<String, Object> schema) {
        properties.put(name, schema);
        return this;
    }
}
