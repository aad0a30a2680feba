package ai.chela.memory.backup;

import ai.chela.memory.operator.Database;
import ai.chela.memory.operator.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Writes rows as they were read, some hundred at once, each under its tenant. Not done before {@link #flush}. */
final class Rows {
    private static final int MOST = 500;

    /** In characters of JSON; the longest memories are some hundred thousand each. */
    private static final long MOST_TEXT = 4_000_000;

    /** What a row of these is replaced by when it comes again: a later run has a later state of it. */
    private static final Map<String, String> KEYS = Map.of(
            Tables.FACT,
            "tenant, id",
            Tables.ERASURE,
            "tenant, id",
            Tables.MEMORY_KEY,
            "tenant, memory",
            Tables.HOLD,
            "tenant, subject");

    private final Connection worker;
    private final Map<String, Set<String>> columns = new HashMap<>();
    private final Map<String, StringJoiner> waiting = new HashMap<>();
    private final Map<String, String> statements = new HashMap<>();
    private String tenant = "";
    private int count;
    private long text;

    Rows(Connection worker) {
        this.worker = worker;
    }

    /**
     * @throws Refusal when this program knows no such table or column
     */
    void add(String table, JsonNode row) throws SQLException {
        String of = row.path("tenant").asText();
        if (!of.equals(tenant)) {
            flush();
            tenant = of;
            Database.bind(worker, tenant);
        }
        String into = into(table, row);
        // rows of one kind are written in the order in which they came
        StringJoiner rows = waiting.computeIfAbsent(into, _ -> new StringJoiner(",", "[", "]"));
        String json = row.toString();
        rows.add(json);
        text += json.length();
        if (++count >= MOST || text >= MOST_TEXT) flush();
    }

    void flush() throws SQLException {
        for (Map.Entry<String, StringJoiner> entry : waiting.entrySet())
            try (PreparedStatement insert = worker.prepareStatement(entry.getKey())) {
                insert.setString(1, entry.getValue().toString());
                insert.executeUpdate();
            }
        waiting.clear();
        count = 0;
        text = 0;
    }

    private String into(String table, JsonNode row) throws SQLException {
        Set<String> there = columns.get(table);
        if (there == null) {
            there = Tables.exists(worker, table) ? Tables.columns(worker, table) : Set.of();
            columns.put(table, there);
        }
        StringBuilder names = new StringBuilder();
        for (Iterator<String> fields = row.fieldNames(); fields.hasNext(); ) {
            String name = fields.next();
            if (!there.contains(name))
                throw new Refusal(
                        "The backup holds %s.%s, which this Chela does not know: it was made by a newer one.",
                        "备份中含有当前版本不认识的 %s.%s：它由更新的版本生成。", table, name);
            names.append(names.isEmpty() ? "" : ", ").append('"').append(name).append('"');
        }
        return statements.computeIfAbsent(table + "/" + names, _ -> statement(table, names.toString()));
    }

    private static String statement(String table, String names) {
        String insert = "insert into \"" + table + "\" (" + names + ") select " + names
                + " from jsonb_populate_recordset(cast(null as \"" + table + "\"), cast(? as jsonb))";
        String key = KEYS.get(table);
        if (key == null) return insert;
        StringJoiner updates = new StringJoiner(", ");
        for (String name : names.split(", ")) updates.add(name + " = excluded." + name);
        return insert + " on conflict (" + key + ") do update set " + updates;
    }
}
