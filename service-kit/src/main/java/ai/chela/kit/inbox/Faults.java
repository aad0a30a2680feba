package ai.chela.kit.inbox;

import ai.chela.kit.wire.MalformedRecordException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells faults that pass by themselves from those that do not. */
final class Faults {
    /** Classes of SQLSTATE: connection, insufficient resources, operator intervention, rolled back, system error. */
    private static final Set<String> PASSING = Set.of("08", "53", "57", "40", "58");

    private Faults() {}

    static boolean isTransient(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof MalformedRecordException) return false;
            if (t instanceof IOException || t instanceof TimeoutException) return true;
            if (t instanceof PgException pg
                    && pg.getSqlState() != null
                    && PASSING.contains(pg.getSqlState().substring(0, 2))) return true;
            if (t.getClass().getName().contains("ClosedConnection")
                    || t instanceof io.vertx.core.impl.NoStackTraceThrowable) return true;
        }
        return false;
    }
}
