package ai.chela.memory.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.config.TestSettings;
import ai.chela.memory.embedding.Embedder.Outcome;
import ai.chela.memory.embedding.Embedder.Purpose;
import ai.chela.memory.embedding.Embedder.Vector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real model in a file: the English one, as if an operator had brought it. */
class FileEmbedderTest {
    @TempDir
    static Path folder = Path.of("");

    private static final ReadyEmbedder OWN = new ReadyEmbedder();

    @BeforeAll
    static void files() throws IOException {
        copy("/bge-small-en-v1.5-q.onnx", "model.onnx");
        copy("/bge-small-en-v1.5-q-tokenizer.json", "tokenizer.json");
    }

    @AfterAll
    static void close() {
        OWN.close();
    }

    @Test
    void the_same_model_gives_the_same_vectors_from_a_file() {
        try (FileEmbedder embedder = embedder(Map.of("pooling", "cls"))) {
            Vector own = OWN.fact("the lift is out of order");
            assertArrayEquals(
                    own.values(), fact(embedder, "the lift is out of order").values(), 1e-6f);
        }
    }

    @Test
    void its_mean_is_close_to_that_of_many_sentences() {
        try (FileEmbedder embedder = embedder(Map.of("pooling", "cls"))) {
            Embedder.Model model = Objects.requireNonNull(embedder.modelFor("x"));
            float[] found = Vector.ofLengthOne(embedder.mean(model));
            Embedder.Model own = new Embedder.Model("bge-small-en-v15-q", 384);
            float[] known = Vector.ofLengthOne(OWN.embedder().mean(own));
            assertTrue(new Vector(own, found).cosine(new Vector(own, known)) > 0.8);
        }
    }

    @Test
    void pooling_and_prefixes_make_another_model() {
        String cls = name(Map.of("pooling", "cls"));
        assertTrue(cls.matches("file-model-[0-9a-f]{12}"), cls);
        assertEquals(cls, name(Map.of("pooling", "cls")));
        assertNotEquals(cls, name(Map.of("pooling", "mean")));
        assertNotEquals(cls, name(Map.of("pooling", "cls", "fact-prefix", "passage: ")));
    }

    @Test
    void another_file_of_the_same_name_is_another_model() throws IOException {
        String before = name(Map.of("tokenizer", "vocab.txt"), this::vocabulary);
        String after = name(Map.of("tokenizer", "vocab.txt"), () -> {
            vocabulary();
            Files.writeString(folder.resolve("vocab.txt"), Files.readString(folder.resolve("vocab.txt")) + "another\n");
        });
        assertNotEquals(before, after);
    }

    @Test
    void a_vocabulary_serves_as_tokenizer() throws IOException {
        vocabulary();
        try (FileEmbedder embedder = embedder(Map.of("pooling", "cls", "tokenizer", "vocab.txt"))) {
            Vector own = OWN.fact("the lift is out of order");
            assertArrayEquals(
                    own.values(), fact(embedder, "the lift is out of order").values(), 1e-6f);
        }
    }

    @Test
    void what_cannot_be_used_is_refused_by_key() throws IOException {
        Files.writeString(folder.resolve("broken.onnx"), "not a model");
        Files.writeString(folder.resolve("broken.json"), "{");
        Files.writeString(folder.resolve("bpe.json"), "{\"model\":{\"type\":\"BPE\",\"vocab\":{}}}");
        Files.writeString(folder.resolve("empty.txt"), "");
        refused(Map.of("model", "nowhere.onnx"), "embedding-file.model", "nowhere.onnx is not a file");
        refused(Map.of("model", ""), "embedding-file.model", "is not set");
        refused(Map.of("model", "broken.onnx"), "embedding-file.model", "no model that can be used");
        refused(Map.of("tokenizer", "broken.json"), "embedding-file.tokenizer", "no tokenizer");
        refused(Map.of("tokenizer", "bpe.json"), "embedding-file.tokenizer", "BPE");
        refused(Map.of("tokenizer", "empty.txt"), "embedding-file.tokenizer", "[UNK]");
        refused(Map.of("tokenizer", "model.onnx"), "embedding-file.tokenizer", "neither .json nor .txt");
    }

    private static void refused(Map<String, String> changed, String key, String problem) {
        var refused = assertThrows(EmbeddingConfigException.class, () -> embedder(changed));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("chela.memory." + key + ": "), message);
        assertTrue(message.contains(problem), message);
    }

    private interface Preparation {
        void run() throws IOException;
    }

    private static String name(Map<String, String> changed) {
        try (FileEmbedder embedder = embedder(changed)) {
            return Objects.requireNonNull(embedder.modelFor("x")).name();
        }
    }

    private static String name(Map<String, String> changed, Preparation before) throws IOException {
        before.run();
        return name(changed);
    }

    private static FileEmbedder embedder(Map<String, String> changed) {
        Map<String, String> values = new HashMap<>(Map.of("model", "model.onnx", "tokenizer", "tokenizer.json"));
        values.putAll(changed);
        Map<String, String> all = new HashMap<>();
        values.forEach((key, value) -> all.put("chela.memory.embedding-file." + key, value));
        return new FileEmbedder(
                TestSettings.of(all).embeddingFile(), folder, new Introductions(folder), new SimpleMeterRegistry());
    }

    private static Vector fact(Embedder embedder, String text) {
        Embedder.Model model = Objects.requireNonNull(embedder.modelFor(text));
        Outcome outcome = embedder.embed(Purpose.FACT, model, List.of(text))
                .toCompletableFuture()
                .join();
        if (outcome instanceof Outcome.Vectors(List<Vector> vectors)) return vectors.getFirst();
        throw new AssertionError(outcome);
    }

    private void vocabulary() throws IOException {
        var words = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(folder.resolve("tokenizer.json").toFile())
                .path("model")
                .path("vocab");
        String[] lines = new String[words.size()];
        words.properties().forEach(word -> lines[word.getValue().asInt()] = word.getKey());
        Files.writeString(folder.resolve("vocab.txt"), String.join("\n", lines) + "\n");
    }

    private static void copy(String resource, String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(FileEmbedderTest.class.getResourceAsStream(resource))) {
            Files.copy(in, folder.resolve(name));
        }
    }
}
