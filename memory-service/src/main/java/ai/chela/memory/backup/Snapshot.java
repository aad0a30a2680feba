package ai.chela.memory.backup;

import ai.chela.memory.operator.Database;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The database as of one moment, tenant by tenant: ciphertext, ids and times, as they are stored. */
final class Snapshot {
    private static final int FETCHED = 500;

    /** By the numbers of the changes: only they order two versions of one memory. */
    private static final String FACTS = """
            select cast(to_jsonb(f) as text), cast(to_jsonb(k) as text) from memory_scope s
            left join unnest(?::text[], ?::bigint[]) known(scope, since) on known.scope = s.scope
            join fact f on f.tenant = s.tenant and f.scope = s.scope and f.change > coalesce(known.since, 0)
            join memory_key k on k.tenant = f.tenant and k.memory = f.id
            where s.tenant = ? order by f.scope, f.change""";

    private static final String ERASURES = """
            select cast(to_jsonb(e) as text), e.id from memory_scope s
            left join unnest(?::text[], ?::bigint[]) known(scope, since) on known.scope = s.scope
            join erasure e on e.tenant = s.tenant and e.scope = s.scope and e.change > coalesce(known.since, 0)
            where s.tenant = ? order by e.scope, e.change""";

    private final Connection worker;
    private final List<String> tenants;
    private final Instant takenAt;

    /**
     * @param worker a transaction that sees one moment
     */
    Snapshot(Connection worker, List<String> tenants) throws SQLException {
        this.worker = worker;
        this.tenants = tenants;
        try (PreparedStatement now = worker.prepareStatement("select now()");
                ResultSet row = now.executeQuery()) {
            row.next();
            this.takenAt = row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /**
     * What was written.
     *
     * @param changed versions of memories
     * @param stored versions of memories that there are in all
     * @param history name of the database's history
     */
    record Written(Instant takenAt, long changed, long stored, Set<Erased> erased, String history) {}

    boolean goesOnFrom(Positions known) throws SQLException {
        if (!tenants.containsAll(known.changes().keySet())) return false;
        for (String tenant : tenants) {
            Database.bind(worker, tenant);
            List<String> lineage = Tables.strings(worker, "select id from lineage where tenant = ?", tenant);
            if (!known.goOn(tenant, lineage.isEmpty() ? null : lineage.getFirst(), changes(tenant))) return false;
        }
        return true;
    }

    private Map<String, Long> changes(String tenant) throws SQLException {
        try (PreparedStatement select =
                worker.prepareStatement("select scope, change from memory_scope where tenant = ?")) {
            select.setString(1, tenant);
            Map<String, Long> found = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) found.put(rows.getString(1), rows.getLong(2));
            }
            return found;
        }
    }

    /** Writes the data since those positions, and the keys of the memories in it in the same order. */
    Written write(Positions since, LineWriter lines, LineWriter keys) throws SQLException, IOException {
        long changed = 0;
        long stored = 0;
        Set<Erased> erased = new HashSet<>();
        List<String> whole = Tables.whole(worker);
        for (String tenant : tenants) {
            Database.bind(worker, tenant);
            for (String table : whole) whole(tenant, table, lines);
            changed += facts(tenant, since, lines, keys);
            erasures(tenant, since, lines, erased);
            stored += Long.parseLong(
                    Tables.strings(worker, "select cast(count(*) as text) from fact where tenant = ?", tenant)
                            .getFirst());
        }
        String history =
                Tables.strings(worker, "select id from history where active").getFirst();
        return new Written(takenAt, changed, stored, erased, history);
    }

    /** Writes the keys of all tenants and scopes, former ones that are being replaced included. */
    void writeHead(LineWriter head) throws SQLException, IOException {
        for (String tenant : tenants) {
            Database.bind(worker, tenant);
            for (String table : Tables.HEAD) whole(tenant, table, head);
        }
    }

    private void whole(String tenant, String table, LineWriter lines) throws SQLException, IOException {
        try (PreparedStatement select = worker.prepareStatement(
                "select cast(to_jsonb(t) as text) from \"" + table + "\" t where t.tenant = ?")) {
            select.setFetchSize(FETCHED);
            select.setString(1, tenant);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) lines.line(line(table, rows.getString(1)));
            }
        }
    }

    private long facts(String tenant, Positions since, LineWriter lines, LineWriter keys)
            throws SQLException, IOException {
        long changed = 0;
        try (PreparedStatement select = since(FACTS, tenant, since);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                lines.line(line(Tables.FACT, rows.getString(1)));
                keys.line(rows.getString(2));
                changed++;
            }
        }
        return changed;
    }

    private void erasures(String tenant, Positions since, LineWriter lines, Set<Erased> erased)
            throws SQLException, IOException {
        try (PreparedStatement select = since(ERASURES, tenant, since);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                lines.line(line(Tables.ERASURE, rows.getString(1)));
                erased.add(new Erased(tenant, rows.getString(2)));
            }
        }
    }

    private PreparedStatement since(String sql, String tenant, Positions since) throws SQLException {
        Map<String, Long> known = since.of(tenant);
        String[] scopes = known.keySet().toArray(String[]::new);
        Long[] changes = new Long[scopes.length];
        for (int i = 0; i < scopes.length; i++) changes[i] = known.get(scopes[i]);
        Array names = worker.createArrayOf("text", scopes);
        Array numbers = worker.createArrayOf("bigint", changes);
        PreparedStatement select = worker.prepareStatement(sql);
        select.setFetchSize(FETCHED);
        select.setArray(1, names);
        select.setArray(2, numbers);
        select.setString(3, tenant);
        return select;
    }

    private static String line(String table, String row) {
        return "{\"table\":\"" + table + "\",\"row\":" + row + "}";
    }
}
