package ai.chela.memory.backup;

import ai.chela.memory.operator.Database;
import ai.chela.memory.operator.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is where a backup is to be restored.
 *
 * @param memories versions stored
 * @param erasures what was forgotten there
 * @param furthest the highest number of changes, by tenant and scope
 */
record Target(long memories, List<ErasureList.Entry> erasures, Map<String, Map<String, Long>> furthest) {
    /** Raised by the database itself. */
    private static final String HELD = "CH001";

    static Target of(Connection worker, List<String> tenants) throws SQLException {
        long memories = 0;
        List<ErasureList.Entry> erasures = new ArrayList<>();
        Map<String, Map<String, Long>> furthest = new HashMap<>();
        for (String tenant : tenants) {
            Database.bind(worker, tenant);
            memories += Long.parseLong(
                    Tables.strings(worker, "select cast(count(*) as text) from fact where tenant = ?", tenant)
                            .getFirst());
            try (PreparedStatement select =
                    worker.prepareStatement("select id, scope, erased_at from erasure where tenant = ?")) {
                select.setString(1, tenant);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next())
                        erasures.add(new ErasureList.Entry(
                                tenant,
                                rows.getString(1),
                                rows.getString(2),
                                rows.getObject(3, OffsetDateTime.class).toInstant()));
                }
            }
            try (PreparedStatement select =
                    worker.prepareStatement("select scope, change from memory_scope where tenant = ?")) {
                select.setString(1, tenant);
                Map<String, Long> changes = new HashMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) changes.put(rows.getString(1), rows.getLong(2));
                }
                furthest.put(tenant, changes);
            }
        }
        return new Target(memories, erasures, furthest);
    }

    /**
     * Takes everything away but legal holds.
     *
     * @throws Refusal when some of it is under legal hold
     */
    void clear(Connection worker, List<String> tenants) throws SQLException {
        List<String> tables = new ArrayList<>(List.of(Tables.FACT, Tables.MEMORY_KEY, Tables.ERASURE));
        tables.addAll(Tables.HEAD);
        tables.addAll(Tables.whole(worker));
        tables.remove(Tables.HOLD);
        for (String tenant : tenants) {
            Database.bind(worker, tenant);
            for (String table : tables)
                try (PreparedStatement delete =
                        worker.prepareStatement("delete from \"" + table + "\" where tenant = ?")) {
                    delete.setString(1, tenant);
                    delete.executeUpdate();
                } catch (SQLException e) {
                    if (!HELD.equals(e.getSQLState())) throw e;
                    throw new Refusal(
                            "Memories here are under legal hold and may not be replaced. `./chela hold list` shows by whom.",
                            "此处的记忆处于法律保留状态，不能被取代。`./chela hold list` 可查看由谁设置。");
                }
        }
    }
}
