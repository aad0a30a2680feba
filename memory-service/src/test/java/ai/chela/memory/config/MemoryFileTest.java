package ai.chela.memory.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.kit.file.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void its_keys_are_settings_without_their_prefix() throws IOException {
        assertEquals(
                Map.of(
                        "chela.memory.embedding", "endpoint",
                        "chela.memory.embedding-endpoint.model", "bge-m3",
                        "chela.memory.quota", "7"),
                read("quota: 7\nembedding: endpoint\nembedding-endpoint:\n  model: bge-m3\n  api-key:\n"));
    }

    @Test
    void a_reference_to_a_secret_stays_one() throws IOException {
        MemorySettings settings = TestSettings.of(read("embedding-endpoint: {api-key: '${SOME_KEY_OF_NOBODY}'}"));
        assertEquals(
                "${SOME_KEY_OF_NOBODY}", settings.embeddingEndpoint().apiKey().orElseThrow());
    }

    @Test
    void a_file_that_is_not_there_or_says_nothing_changes_nothing() throws IOException {
        assertEquals(Map.of(), MemoryFile.read(folder.resolve("memory.yaml")));
        assertEquals(Map.of(), read("# nothing\n"));
        assertEquals(Map.of(), read("embedding-endpoint:\n"));
    }

    @Test
    void what_is_wrong_is_told_with_its_line() throws IOException {
        var wrong = assertThrows(ConfigProblem.class, () -> read("quota: 7\nembedding: [endpoint]\n"));
        assertTrue(String.valueOf(wrong.getMessage()).startsWith("memory.yaml, line 2"), wrong::getMessage);
        assertThrows(ConfigProblem.class, () -> read("quota: {"));
    }

    @Test
    void a_key_that_there_is_not_is_refused() throws IOException {
        var refused = assertThrows(RuntimeException.class, () -> TestSettings.of(read("quotta: 7\n")));
        assertTrue(String.valueOf(refused.getMessage()).contains("chela.memory.quotta"), refused::getMessage);
    }

    @Test
    void it_knows_every_group_of_settings() {
        assertEquals(
                Arrays.stream(MemorySettings.class.getMethods())
                        .filter(method -> method.getReturnType().isInterface())
                        .map(method ->
                                method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(MemoryFile.GROUPS));
    }

    private Map<String, String> read(String text) throws IOException {
        return MemoryFile.read(Files.writeString(folder.resolve("memory.yaml"), text));
    }
}
