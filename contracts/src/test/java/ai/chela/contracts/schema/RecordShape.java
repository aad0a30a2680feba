package ai.chela.contracts.schema;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares Java types with the schema that should describe them, and names every difference by its path. */
final class RecordShape {
    private static final Map<Class<?>, String> SIMPLE = Map.ofEntries(
            Map.entry(String.class, "string"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(int.class, "integer"),
            Map.entry(Integer.class, "integer"),
            Map.entry(long.class, "integer"),
            Map.entry(Long.class, "integer"),
            Map.entry(double.class, "number"),
            Map.entry(Instant.class, "string"),
            Map.entry(Duration.class, "string"),
            Map.entry(LocalDate.class, "string"),
            Map.entry(LocalTime.class, "string"));

    private final MessageSchema schema;
    private final List<String> differences = new ArrayList<>();

    private RecordShape(MessageSchema schema) {
        this.schema = schema;
    }

    static List<String> differences(Class<?> type, MessageSchema schema) {
        RecordShape shape = new RecordShape(schema);
        shape.compare("$", type, schema.tree());
        return shape.differences;
    }

    private void compare(String path, Type type, JsonNode reference) {
        JsonNode node = schema.resolve(reference);
        if (type instanceof ParameterizedType generic) compareGeneric(path, generic, node);
        else if (type instanceof Class<?> plain && plain.isSealed()) compareSealed(path, plain, node);
        else if (type instanceof Class<?> plain && plain.isRecord()) compareRecord(path, plain, node, null);
        else if (type instanceof Class<?> plain && plain.isEnum())
            expect(path + ": values", names(plain), texts(node.path("enum")));
        else compareSimple(path, type, node);
    }

    private void compareGeneric(String path, ParameterizedType type, JsonNode node) {
        Type last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
        if (type.getRawType() == List.class) {
            expect(path + ": type", "array", node.path("type").asText());
            compare(path + "[]", last, node.path("items"));
        } else {
            expect(path + ": type", "object", node.path("type").asText());
            if (last == String.class) compare(path + "{}", last, node.path("additionalProperties"));
        }
    }

    private void compareSealed(String path, Class<?> type, JsonNode node) {
        Set<String> offered = new TreeSet<>();
        node.path("oneOf")
                .forEach(kind -> offered.add(
                        schema.resolve(kind).at("/properties/kind/const").asText()));
        Set<String> declared = new TreeSet<>();
        for (JsonSubTypes.Type kind : type.getAnnotation(JsonSubTypes.class).value()) {
            declared.add(kind.name());
            for (JsonNode option : node.path("oneOf"))
                if (kind.name()
                        .equals(schema.resolve(option)
                                .at("/properties/kind/const")
                                .asText()))
                    compareRecord(path + "(" + kind.name() + ")", kind.value(), schema.resolve(option), "kind");
        }
        expect(path + ": kinds", declared, offered);
        expect(path + ": permitted", type.getPermittedSubclasses().length, declared.size());
    }

    private void compareRecord(String path, Class<?> type, JsonNode node, @Nullable String discriminator) {
        Set<String> fields = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        if (discriminator != null) {
            fields.add(discriminator);
            required.add(discriminator);
        }
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode property = node.path("properties").path(component.getName());
            fields.add(component.getName());
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class) && !property.has("default"))
                required.add(component.getName());
            if (!property.isMissingNode())
                compare(path + "." + component.getName(), component.getGenericType(), property);
        }
        Set<String> described = new TreeSet<>();
        node.path("properties").fieldNames().forEachRemaining(described::add);
        expect(path + ": type", "object", node.path("type").asText());
        expect(path + ": fields", fields, described);
        expect(path + ": required", required, texts(node.path("required")));
        expect(path + ": open to later fields", false, node.has("additionalProperties"));
    }

    private void compareSimple(String path, Type type, JsonNode node) {
        expect(path + ": type", SIMPLE.get(type), node.path("type").asText());
        if (type == Instant.class)
            expect(path + ": format", "date-time", node.path("format").asText());
        if (type == LocalDate.class)
            expect(path + ": format", "date", node.path("format").asText());
        if (type == Duration.class || type == LocalTime.class) expect(path + ": a pattern", true, node.has("pattern"));
    }

    private void expect(String what, @Nullable Object inCode, Object inSchema) {
        if (!inSchema.equals(inCode)) differences.add(what + ": code " + inCode + ", schema " + inSchema);
    }

    private static Set<String> names(Class<?> type) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(type.getEnumConstants()).forEach(constant -> names.add(((Enum<?>) constant).name()));
        return names;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
