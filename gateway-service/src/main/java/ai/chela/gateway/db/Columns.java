package ai.chela.gateway.db;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads columns of native queries. */
public final class Columns {
    private Columns() {}

    /** A {@code timestamptz} that is not null. */
    public static Instant time(@Nullable Object value) {
        return switch (value) {
            case Instant at -> at;
            case OffsetDateTime at -> at.toInstant();
            case null, default -> throw new IllegalStateException("not a time");
        };
    }
}
