package ai.chela.kit.tenancy;

import ai.chela.kit.wire.MalformedRecordException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells why a request to the database failed: whether it is away, so that the same can be tried again later. */
public final class DatabaseFaults {
    /** Classes of SQLSTATE: connection, insufficient resources, operator intervention, rolled back, system error. */
    private static final Set<String> PASSING = Set.of("08", "53", "57", "40", "58");

    /** A transaction that was ended because nothing was heard for too long: this instance was paused. */
    private static final String PAUSED = "25P03";

    private static final Set<String> AGAIN = Set.of("40001", "40P01");

    private static final String DUPLICATE_KEY = "23505";

    private DatabaseFaults() {}

    /** Whether a row was there already: somebody else was quicker. */
    public static boolean isDuplicate(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) if (DUPLICATE_KEY.equals(state(t))) return true;
        return false;
    }

    /** Whether the same may succeed later: it cannot be reached, stops, is full, or has rolled back for another's sake. */
    public static boolean isAway(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof MalformedRecordException) return false;
            if (t instanceof IOException
                    || t instanceof TimeoutException
                    || t instanceof io.smallrye.mutiny.TimeoutException
                    || t instanceof io.vertx.core.impl.NoStackTraceThrowable
                    || t.getClass().getName().contains("ClosedConnection")) return true;
            String state = state(t);
            if (state != null && state.length() >= 2)
                return state.equals(PAUSED) || PASSING.contains(state.substring(0, 2));
        }
        return false;
    }

    /** Whether PostgreSQL asks to run the transaction again: a deadlock, or a serialization failure. */
    static boolean asksAgain(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String state = state(t);
            if (state != null && AGAIN.contains(state)) return true;
        }
        return false;
    }

    /** Of the driver's own failures, and of what Hibernate makes of them; null when it is neither. */
    private static @Nullable String state(Throwable failure) {
        return switch (failure) {
            case PgException own -> own.getSqlState();
            case SQLException converted -> converted.getSQLState();
            default -> null;
        };
    }
}
