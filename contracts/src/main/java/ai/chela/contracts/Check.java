package ai.chela.contracts;

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
}
