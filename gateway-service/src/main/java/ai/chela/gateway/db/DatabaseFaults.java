package ai.chela.gateway.db;

import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells whether a request failed because the database is away, so that the same request can be tried again later. */
public final class DatabaseFaults {
    /** Classes of SQLSTATE: connection, insufficient resources, operator intervention, rolled back, system error. */
    private static final Set<String> PASSING = Set.of("08", "53", "57", "40", "58");

    private DatabaseFaults() {}

    public static boolean isAway(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof IOException
                    || t instanceof TimeoutException
                    || t instanceof io.smallrye.mutiny.TimeoutException
                    || t instanceof io.vertx.core.impl.NoStackTraceThrowable
                    || t.getClass().getName().contains("ClosedConnection")) return true;
            if (t instanceof PgException pg
                    && pg.getSqlState() != null
                    && pg.getSqlState().length() >= 2)
                return PASSING.contains(pg.getSqlState().substring(0, 2));
        }
        return false;
    }
}
