package ai.chela.memory.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.embedding.Embedder.Outcome;
import ai.chela.memory.embedding.Embedder.Purpose;
import ai.chela.memory.embedding.Embedder.Reason;
import ai.chela.memory.embedding.Embedder.Vector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With the real models; they are loaded once for all. */
class InProcessEmbedderTest {
    private static final ReadyEmbedder MODELS = new ReadyEmbedder();
    private static final Embedder.Model ENGLISH = new Embedder.Model("bge-small-en-v15-q", 384);

    @AfterAll
    static void close() {
        MODELS.close();
    }

    @Test
    void until_a_model_is_loaded_it_says_so_and_nobody_waits() {
        try (InProcessEmbedder fresh = new InProcessEmbedder(Clock.systemUTC(), new SimpleMeterRegistry())) {
            assertTrue(fresh.state().contains("bge-small-en-v15-q: not needed yet"), fresh.state());
            CompletionStage<Outcome> first = fresh.embed(Purpose.QUESTION, ENGLISH, List.of("which database?"));
            assertEquals(
                    new Outcome.NotNow(Reason.LOADING),
                    first.toCompletableFuture().getNow(new Outcome.NotNow(Reason.BUSY)));
        }
    }

    @Test
    void what_means_the_same_is_closer_than_what_shares_a_word() {
        Vector question = MODELS.question("how fast does support have to reply?");
        Vector meant = MODELS.fact("support must answer within four hours");
        Vector other = MODELS.fact("the fast train to Munich leaves at 6:12");
        assertTrue(question.cosine(meant) > question.cosine(other) + 0.1);
    }

    @Test
    void chinese_has_a_model_of_its_own() {
        Vector question = MODELS.question("客户提问后多久必须回复？");
        Vector meant = MODELS.fact("客服要在四小时内答复");
        Vector other = MODELS.fact("去慕尼黑的早班火车六点十二分开");
        assertEquals(new Embedder.Model("bge-small-zh-v15-q", 512), question.model());
        assertTrue(question.cosine(meant) > question.cosine(other) + 0.1);
    }

    @Test
    void the_same_text_has_the_same_vector_in_any_company() {
        Vector alone = MODELS.fact("the lift is out of order");
        var together = assertInstanceOf(
                Outcome.Vectors.class,
                MODELS.embedder()
                        .embed(Purpose.FACT, ENGLISH, List.of("x ".repeat(500), "the lift is out of order", ""))
                        .toCompletableFuture()
                        .join());
        assertArrayEquals(alone.values(), together.vectors().get(1).values());
    }

    @Test
    void vectors_have_length_one_and_two_models_are_not_compared() {
        Vector english = MODELS.fact("the lift is out of order");
        assertEquals(1, english.cosine(english), 1e-5);
        Vector chinese = MODELS.fact("电梯坏了");
        assertThrows(IllegalArgumentException.class, () -> english.cosine(chinese));
    }

    @Test
    void the_mean_is_what_vectors_have_in_common() {
        for (String text : List.of("the lift is out of order", "电梯坏了")) {
            Vector vector = MODELS.fact(text);
            Vector mean = new Vector(vector.model(), MODELS.embedder().mean(vector.model()));
            assertTrue(vector.cosine(mean) > 0.3, text);
        }
    }

    @Test
    void hostile_texts_have_vectors_too() {
        for (String text :
                List.of("", " ", "\u0000\u0001", "\uD800", "a".repeat(1_000_000), "字".repeat(20_000), "😀".repeat(99)))
            assertEquals(1, MODELS.fact(text).cosine(MODELS.fact(text)), 1e-5);
    }

    @Test
    void what_a_killed_process_left_is_deleted() throws IOException {
        Path left = Files.createTempFile("bge-small-en-v1.5-q", ".onnx");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        try (ReadyEmbedder fresh = new ReadyEmbedder()) {
            fresh.question("which database?");
        }
        assertFalse(Files.exists(left));
    }

    @Test
    void too_many_texts_at_once_are_refused() {
        List<String> many = Collections.nCopies(Embedder.MOST_TEXTS + 1, "x");
        assertThrows(IllegalArgumentException.class, () -> MODELS.embedder().embed(Purpose.FACT, ENGLISH, many));
    }

    @Test
    void when_too_many_wait_the_next_is_told_so() {
        Embedder flooded = MODELS.flooded();
        List<String> many = Collections.nCopies(Embedder.MOST_TEXTS, "the lift is out of order ".repeat(40));
        List<CompletionStage<Outcome>> all = IntStream.range(0, 80)
                .mapToObj(_ -> flooded.embed(Purpose.FACT, ENGLISH, many))
                .toList();
        var last = all.getLast().toCompletableFuture().getNow(new Outcome.Vectors(List.of()));
        assertEquals(Reason.BUSY, assertInstanceOf(Outcome.NotNow.class, last).reason());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void facts_are_computed_when_the_machine_has_nothing_better_to_do() throws IOException, InterruptedException {
        int[] nice = {-1};
        IOException[] failed = {null};
        Thread thread = new Thread(() -> {
            LowPriority.take();
            try {
                String stat = Files.readString(Path.of("/proc/thread-self/stat"));
                nice[0] = Integer.parseInt(
                        stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
            } catch (IOException e) {
                failed[0] = e;
            }
        });
        thread.start();
        thread.join();
        if (failed[0] != null) throw failed[0];
        assertTrue(nice[0] >= LowPriority.NICE, "nice " + nice[0]);
    }
}
