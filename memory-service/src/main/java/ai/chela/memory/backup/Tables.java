package ai.chela.memory.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which tables a backup is about, from the database itself, so that one that comes later is not forgotten. */
final class Tables {
    static final String FACT = "fact";
    static final String ERASURE = "erasure";
    static final String SCOPE = "memory_scope";
    static final String LINEAGE = "lineage";
    static final String HOLD = "legal_hold";
    static final String TENANT_KEY = "tenant_key";
    static final String SCOPE_KEY = "scope_key";
    static final String MEMORY_KEY = "memory_key";
    static final String KEY_RENEWAL = "key_renewal";

    /** What lies apart from the data, in an order in which it can be read back. */
    static final List<String> HEAD = List.of(TENANT_KEY, SCOPE_KEY, KEY_RENEWAL);

    /** Messages on their way belong to the moment, and have a life of 72 hours; the others are read in ways of their own. */
    private static final Set<String> OTHERWISE = Set.of(
            "inbox",
            "inbox_position",
            "outbox",
            "outbox_sequence",
            FACT,
            ERASURE,
            TENANT_KEY,
            SCOPE_KEY,
            MEMORY_KEY,
            KEY_RENEWAL);

    private Tables() {}

    /** Tables with a tenant that are small and so written whole by each run: counters, holds, and what else there is. */
    static List<String> whole(Connection worker) throws SQLException {
        List<String> names = new ArrayList<>(strings(worker, """
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
                where c.relnamespace = cast(current_schema() as regnamespace) and c.relkind = 'r' order by c.relname"""));
        names.removeAll(OTHERWISE);
        return names;
    }

    static boolean exists(Connection worker, String table) throws SQLException {
        return !strings(
                        worker,
                        "select relname from pg_class where relnamespace = cast(current_schema() as regnamespace)"
                                + " and relkind = 'r' and relname = ?",
                        table)
                .isEmpty();
    }

    /** The columns of a table, in its order. */
    static Set<String> columns(Connection worker, String table) throws SQLException {
        return new LinkedHashSet<>(strings(worker, """
                select attname from pg_attribute where attrelid = cast(quote_ident(?) as regclass)
                and attnum > 0 and not attisdropped and attgenerated = '' order by attnum""", table));
    }

    static List<String> strings(Connection worker, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = worker.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) found.add(rows.getString(1));
            }
            return found;
        }
    }
}
