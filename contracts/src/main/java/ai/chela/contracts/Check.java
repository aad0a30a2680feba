package ai.chela.contracts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks that the constructors of messages share. A failed one names the field. */
public final class Check {
    private Check() {}

    /** Neither null nor blank, and at most {@code max} UTF-16 units long. */
    public static String text(String field, @Nullable String value, int max) {
        if (value == null || value.isBlank()) throw new IllegalArgumentException(field + ": missing");
        if (value.length() > max)
            throw new IllegalArgumentException(field + ": " + value.length() + " characters, at most " + max);
        return value;
    }

    /** Neither null nor blank, and at most {@code max} bytes long in UTF-8. */
    public static String utf8(String field, @Nullable String value, int max) {
        String text = text(field, value, max);
        long bytes = text.codePoints().map(Check::utf8Length).asLongStream().sum();
        if (bytes > max) throw new IllegalArgumentException(field + ": " + bytes + " bytes, at most " + max);
        return text;
    }

    /** Not null. */
    public static <T> T present(String field, @Nullable T value) {
        return Objects.requireNonNull(value, () -> field + ": missing");
    }

    /** Null or at most {@code max} UTF-16 units long. */
    public static @Nullable String optional(String field, @Nullable String value, int max) {
        if (value != null && value.length() > max)
            throw new IllegalArgumentException(field + ": " + value.length() + " characters, at most " + max);
        return value;
    }

    /** An unmodifiable copy of a list that must be there and holds no null. */
    public static <T> List<T> list(String field, @Nullable List<T> value) {
        for (T element : present(field, value))
            if (element == null) throw new IllegalArgumentException(field + ": has an empty element");
        return List.copyOf(present(field, value));
    }

    /** As {@link #list}, with an absent list read as an empty one. */
    public static <T> List<T> listOrEmpty(String field, @Nullable List<T> value) {
        return value == null ? List.of() : list(field, value);
    }

    /**
     * An unmodifiable copy in the same order, without the entries whose value is null: JSON written by others says {@code
     * "x": null} for "no x". An absent map is read as an empty one.
     */
    public static <V> Map<String, V> map(@Nullable Map<String, V> value) {
        Map<String, V> copy = new LinkedHashMap<>();
        if (value != null)
            value.forEach((name, content) -> {
                if (content != null) copy.put(name, content);
            });
        return Collections.unmodifiableMap(copy);
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) return 1;
        if (codePoint < 0x800) return 2;
        return codePoint < 0x10000 ? 3 : 4;
    }
}
