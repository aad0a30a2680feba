package ai.chela.memory.backup;

import ai.chela.kit.wire.WireJson;
import ai.chela.memory.operator.Database;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts the rows of a backup into an empty schema, inside the transaction that it is given. */
final class Loading implements SetReading.Taker {
    private final Connection worker;
    private final SetReading reading;
    private final List<Manifest> runs;
    private final Rows rows;

    /** All that was forgotten, whenever. */
    private final Map<Erased, ErasureList.Entry> forgotten = new LinkedHashMap<>();

    /** What was forgotten before the run: its counters know of it. */
    private final Set<Erased> before = new HashSet<>();

    /** What the run still had, as its last version says. */
    private final Map<Erased, Lost> lost = new HashMap<>();

    private final Set<String> tenants = new TreeSet<>();
    private boolean last;

    private record Lost(String tenant, String scope, String speaker, boolean current) {}

    Loading(Connection worker, SetReading reading, Manifest run, List<ErasureList.Entry> known) {
        this.worker = worker;
        this.reading = reading;
        this.runs = reading.upTo(run);
        this.rows = new Rows(worker);
        known.forEach(entry -> forgotten.put(entry.erased(), entry));
        forgotten.putAll(reading.erased());
    }

    Set<String> tenants() {
        return tenants;
    }

    /** Reads keys, then the runs from the last whole one on. */
    void read() throws IOException, SQLException {
        reading.head(this);
        for (Manifest run : runs) {
            last = run.equals(runs.getLast());
            reading.each(run, forgotten.keySet(), this);
        }
        rows.flush();
    }

    @Override
    public void row(String table, JsonNode row) throws SQLException {
        tenants.add(row.path("tenant").asText());
        switch (table) {
            case Tables.ERASURE -> {
                before.add(Erased.of(row));
                rows.add(table, row);
            }
            case Tables.TENANT_KEY, Tables.SCOPE_KEY, Tables.KEY_RENEWAL -> rows.add(table, row);
            // what is written whole is in the last run as it was then
            default -> {
                if (last && !ofForgotten(row)) rows.add(table, row);
            }
        }
    }

    /** Whether a row of some other table is about a memory that was forgotten. */
    private boolean ofForgotten(JsonNode row) {
        String tenant = row.path("tenant").asText();
        for (JsonNode value : row)
            if (value.isTextual() && forgotten.containsKey(new Erased(tenant, value.asText()))) return true;
        return false;
    }

    @Override
    public void memory(JsonNode fact, JsonNode key) throws SQLException {
        rows.add(Tables.FACT, fact);
        rows.add(Tables.MEMORY_KEY, key);
    }

    @Override
    public void forgotten(JsonNode fact) {
        lost.put(
                Erased.of(fact),
                new Lost(
                        fact.path("tenant").asText(),
                        fact.path("scope").asText(),
                        fact.path("speaker").asText(),
                        fact.path("valid_to").isNull()));
    }

    /**
     * Notes what was forgotten after the run, sets the counters right, and lets the numbers of each scope go on above all that
     * were ever used.
     *
     * @param furthest the highest known number, by tenant and scope
     * @return how many versions of the run did not come back
     */
    long settle(Map<String, Map<String, Long>> furthest) throws SQLException {
        Map<String, Map<String, Long>> next = new HashMap<>();
        furthest.forEach((tenant, scopes) -> next.put(tenant, new HashMap<>(scopes)));
        for (ErasureList.Entry entry : forgotten.values())
            if (!before.contains(entry.erased())) {
                long change = next.computeIfAbsent(entry.tenant(), _ -> new HashMap<>())
                        .merge(entry.scope(), 1L, Long::sum);
                rows.add(Tables.ERASURE, erasure(entry, change));
                tenants.add(entry.tenant());
            }
        rows.flush();
        for (Map.Entry<String, Map<String, Long>> tenant : next.entrySet())
            for (Map.Entry<String, Long> scope : tenant.getValue().entrySet())
                number(tenant.getKey(), scope.getKey(), scope.getValue() + 1);
        long without = 0;
        for (Map.Entry<Erased, Lost> entry : lost.entrySet())
            if (!before.contains(entry.getKey())) {
                without++;
                uncount(entry.getValue());
            }
        return without;
    }

    private static ObjectNode erasure(ErasureList.Entry entry, long change) {
        return WireJson.mapper()
                .createObjectNode()
                .put("tenant", entry.tenant())
                .put("id", entry.id())
                .put("scope", entry.scope())
                .put("change", change)
                .put("erased_at", entry.at().toString());
    }

    private void number(String tenant, String scope, long change) throws SQLException {
        Database.bind(worker, tenant);
        try (PreparedStatement update = worker.prepareStatement("insert into memory_scope (tenant, scope, change)"
                + " values (?, ?, ?) on conflict (tenant, scope) do update set change = excluded.change")) {
            update.setString(1, tenant);
            update.setString(2, scope);
            update.setLong(3, change);
            update.executeUpdate();
        }
    }

    private void uncount(Lost fact) throws SQLException {
        Database.bind(worker, fact.tenant());
        if (fact.current())
            change(
                    "update memory_scope set facts = facts - 1 where tenant = ? and scope = ?",
                    fact.tenant(),
                    fact.scope());
        change("update speaker set facts = facts - 1 where tenant = ? and person = ?", fact.tenant(), fact.speaker());
    }

    private void change(String sql, String tenant, String of) throws SQLException {
        try (PreparedStatement update = worker.prepareStatement(sql)) {
            update.setString(1, tenant);
            update.setString(2, of);
            update.executeUpdate();
        }
    }
}
