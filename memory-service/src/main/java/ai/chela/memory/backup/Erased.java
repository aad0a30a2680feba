package ai.chela.memory.backup;

import com.fasterxml.jackson.databind.JsonNode;

/** A version of a memory that was forgotten, or whose turn it may be. */
record Erased(String tenant, String id) {
    /** That of a key's line. */
    static Erased ofKey(JsonNode row) {
        return new Erased(row.path("tenant").asText(), row.path("memory").asText());
    }

    /** That of a row of {@code fact} or {@code erasure}. */
    static Erased of(JsonNode row) {
        return new Erased(row.path("tenant").asText(), row.path("id").asText());
    }
}
