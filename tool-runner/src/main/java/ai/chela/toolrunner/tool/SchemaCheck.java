package ai.chela.toolrunner.tool;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks arguments against the subset of JSON Schema that tools use: an object of strings, integers, numbers and
 * booleans with {@code required}, {@code enum}, {@code minLength}, {@code maxLength}, {@code minimum}, {@code maximum}
 * and {@code additionalProperties: false}. A schema with another keyword is refused when the tool is made, so that
 * nothing is declared that is not checked.
 */
public final class SchemaCheck {
    private static final Set<String> OBJECT_KEYWORDS =
            Set.of("type", "properties", "required", "additionalProperties", "description");
    private static final Set<String> VALUE_KEYWORDS =
            Set.of("type", "description", "enum", "minLength", "maxLength", "minimum", "maximum");
    private static final Set<String> TYPES = Set.of("string", "integer", "number", "boolean");

    private SchemaCheck() {}

    /**
     * Requires that every keyword of the schema is one that is checked here.
     *
     * @throws IllegalArgumentException naming the tool and the keyword
     */
    static void requireReadable(String tool, Map<String, Object> schema) {
        requireKeywords(tool, schema, OBJECT_KEYWORDS);
        if (!"object".equals(schema.get("type"))) throw new IllegalArgumentException(tool + ": type is not object");
        if (!Boolean.FALSE.equals(schema.get("additionalProperties")))
            throw new IllegalArgumentException(tool + ": additionalProperties is not false");
        properties(schema).forEach((name, property) -> {
            requireKeywords(tool + "." + name, property, VALUE_KEYWORDS);
            if (!(property.get("type") instanceof String type) || !TYPES.contains(type))
                throw new IllegalArgumentException(tool + "." + name + ": type is none of " + new TreeSet<>(TYPES));
        });
    }

    /** What is wrong with the arguments, naming the first that is; empty when nothing is. */
    public static Optional<Said> problem(Map<String, Object> schema, Map<String, Object> args) {
        Map<String, Map<String, Object>> properties = properties(schema);
        for (Object required : list(schema.get("required")))
            if (args.get(required.toString()) == null)
                return Optional.of(
                        new Said("The argument \"" + required + "\" is missing.", "缺少参数“" + required + "”。"));
        for (Map.Entry<String, Object> arg : args.entrySet()) {
            Map<String, Object> property = properties.get(arg.getKey());
            Optional<Said> problem = property == null
                    ? Optional.of(unknown(arg.getKey(), properties))
                    : valueProblem(arg.getKey(), arg.getValue(), property);
            if (problem.isPresent()) return problem;
        }
        return Optional.empty();
    }

    private static Said unknown(String name, Map<String, Map<String, Object>> properties) {
        String shown = shortened(name);
        String known = properties.isEmpty() ? "" : String.join(", ", new TreeSet<>(properties.keySet()));
        return new Said(
                "There is no argument \"" + shown + "\"; "
                        + (known.isEmpty() ? "this tool takes none." : "known: " + known + "."),
                "没有参数“" + shown + "”；" + (known.isEmpty() ? "此工具不接受参数。" : "可用：" + known + "。"));
    }

    private static Optional<Said> valueProblem(String name, Object value, Map<String, Object> property) {
        return switch (String.valueOf(property.get("type"))) {
            case "string" ->
                value instanceof String text ? textProblem(name, text, property) : wrongType(name, "a text", "文本");
            case "integer" ->
                value instanceof Number number && isWhole(number)
                        ? rangeProblem(name, number, property)
                        : wrongType(name, "a whole number", "整数");
            case "number" ->
                value instanceof Number number && isFinite(number)
                        ? rangeProblem(name, number, property)
                        : wrongType(name, "a number", "数字");
            case "boolean" ->
                value instanceof Boolean ? Optional.empty() : wrongType(name, "true or false", "true 或 false");
            case String other -> throw new IllegalStateException("unread type " + other);
        };
    }

    private static Optional<Said> textProblem(String name, String text, Map<String, Object> property) {
        if (property.get("maxLength") instanceof Number max && text.length() > max.intValue())
            return Optional.of(new Said(
                    "\"" + name + "\" has " + text.length() + " characters; at most " + max + " are allowed.",
                    "“" + name + "”有 " + text.length() + " 个字符，最多允许 " + max + " 个。"));
        if (property.get("minLength") instanceof Number min && text.strip().length() < min.intValue())
            return Optional.of(new Said("\"" + name + "\" is empty.", "“" + name + "”是空的。"));
        Collection<?> allowed = list(property.get("enum"));
        if (allowed.isEmpty() || allowed.contains(text)) return Optional.empty();
        return Optional.of(new Said(
                "\"" + name + "\" is \"" + shortened(text) + "\"; allowed: " + join(allowed) + ".",
                "“" + name + "”的值是“" + shortened(text) + "”；可用的值：" + join(allowed) + "。"));
    }

    private static Optional<Said> rangeProblem(String name, Number number, Map<String, Object> property) {
        BigDecimal value = decimal(number);
        boolean low = property.get("minimum") instanceof Number min && value.compareTo(decimal(min)) < 0;
        boolean high = property.get("maximum") instanceof Number max && value.compareTo(decimal(max)) > 0;
        if (!low && !high) return Optional.empty();
        Object bound = property.get(low ? "minimum" : "maximum");
        return Optional.of(new Said(
                "\"" + name + "\" is " + number + "; " + (low ? "at least " : "at most ") + bound + " is allowed.",
                "“" + name + "”的值是 " + number + "，" + (low ? "最小为 " : "最大为 ") + bound + "。"));
    }

    private static Optional<Said> wrongType(String name, String en, String zh) {
        return Optional.of(new Said("\"" + name + "\" must be " + en + ".", "“" + name + "”必须是" + zh + "。"));
    }

    private static boolean isWhole(Number number) {
        return isFinite(number) && decimal(number).stripTrailingZeros().scale() <= 0;
    }

    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue());
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    private static String join(Collection<?> values) {
        return String.join(", ", values.stream().map(Object::toString).toList());
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    @SuppressWarnings("unchecked") // a schema is written by a developer as maps of maps; requireReadable looks at each
    private static Map<String, Map<String, Object>> properties(Map<String, Object> schema) {
        return schema.get("properties") instanceof Map<?, ?> map ? (Map<String, Map<String, Object>>) map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static void requireKeywords(String where, Map<String, Object> schema, Set<String> known) {
        for (String keyword : schema.keySet())
            if (!known.contains(keyword))
                throw new IllegalArgumentException(where + ": the keyword " + keyword + " is not checked");
    }
}
