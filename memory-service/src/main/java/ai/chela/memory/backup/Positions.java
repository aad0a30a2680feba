package ai.chela.memory.backup;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a run got: the number of the last change per tenant and scope, and which history of changes these numbers belong
 * to per tenant.
 */
record Positions(Map<String, Map<String, Long>> changes, Map<String, String> lineages) {
    static final Positions NONE = new Positions(Map.of(), Map.of());

    /** Those that a run noted with its data. */
    static Positions of(Path lines) throws IOException {
        Positions positions = new Positions(new HashMap<>(), new HashMap<>());
        try (LineReader reader = new LineReader(lines)) {
            for (JsonNode line = reader.next(); line != null; line = reader.next())
                positions.add(line.path("table").asText(), line.path("row"));
        }
        return positions;
    }

    private void add(String table, JsonNode row) {
        String tenant = row.path("tenant").asText();
        if (table.equals(Tables.SCOPE)) {
            long change = row.path("change").asLong();
            changes.computeIfAbsent(tenant, _ -> new HashMap<>())
                    .put(row.path("scope").asText(), change);
        } else if (table.equals(Tables.LINEAGE)) {
            lineages.put(tenant, row.path("id").asText());
        }
    }

    Map<String, Long> of(String tenant) {
        return changes.getOrDefault(tenant, Map.of());
    }

    /**
     * Whether the numbers of a tenant go on from here: its history is the same, and no number is behind.
     *
     * @param now the numbers of the tenant now, by scope
     */
    boolean goOn(String tenant, @Nullable String lineage, Map<String, Long> now) {
        if (!lineages.containsKey(tenant)) return !changes.containsKey(tenant);
        return lineages.get(tenant).equals(lineage)
                && of(tenant).entrySet().stream()
                        .allMatch(entry -> now.getOrDefault(entry.getKey(), -1L) >= entry.getValue());
    }
}
