package ai.chela.memory.backup;

import ai.chela.kit.wire.WireJson;
import ai.chela.memory.operator.Refusal;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Lists of what was forgotten that are kept beside the database: JSON lines of ids, without content. */
final class ErasureList {
    /** One forgotten version of a memory, and when it was. */
    record Entry(String tenant, String id, String scope, Instant at) {
        Erased erased() {
            return new Erased(tenant, id);
        }
    }

    private ErasureList() {}

    /** What these files say. A last line that was cut off by a crash is passed over: its erasure is in the database. */
    static List<Entry> read(List<Path> files) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files)
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                int number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    boolean last = !lines.ready();
                    if (line.isBlank()) continue;
                    try {
                        entries.add(entry(WireJson.mapper().readTree(line)));
                    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException _) {
                        if (last) break;
                        throw new Refusal("%s, line %d is no erasure.", "%s 第 %d 行不是遗忘记录。", file, number);
                    }
                }
            }
        return entries;
    }

    private static Entry entry(JsonNode node) {
        String tenant = node.path("tenant").asText();
        String id = node.path("id").asText();
        String scope = node.path("scope").asText();
        if (tenant.isEmpty() || id.isEmpty() || scope.isEmpty()) throw new IllegalArgumentException("incomplete");
        return new Entry(tenant, id, scope, Instant.parse(node.path("at").asText()));
    }
}
