package ai.chela.memory.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedIndexTest extends MemoryIndexConformance {
    @TempDir
    Path home = Path.of("");

    private EmbeddedIndex index = open();

    @BeforeEach
    void fresh() {
        index = open();
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Override
    protected MemoryIndex index() {
        return index;
    }

    private EmbeddedIndex open() {
        return new EmbeddedIndex(home, new FixedModels(), Runnable::run, Clock.systemUTC());
    }

    private void reopen() throws IOException {
        index.close();
        index = open();
    }

    @Test
    void all_is_there_after_a_restart() throws IOException {
        put(room(), 1, "a", "lift broken");
        addVectors(room(), MODEL, "a");
        reopen();
        assertEquals(1, reached(room()));
        assertEquals(ids("a"), found(room(), "lift"));
        assertEquals(ids("a"), near(room(), MODEL, "a", 5));
        assertEquals(List.of(room()), done(index.places()));
    }

    @Test
    void what_was_erased_is_in_no_file_any_more() throws IOException {
        for (int i = 0; i < 300; i++) put(room(), i + 1, "n" + i, i == 77 ? "crate xylophone" : "crate box" + i);
        addVectors(room(), MODEL, "n77");
        done(index.commit());
        assertTrue(onDisk("xylophone"));
        done(index.erase(room(), List.of(id("n77"))));
        assertFalse(onDisk("xylophone"));
        assertEquals(299, found(room(), "crate").size());
    }

    @Test
    void what_is_gone_is_in_no_file_after_a_purge() throws IOException {
        put(room(), 1, "a", "xylophone");
        put(room(), 2, "b", "box");
        done(index.commit());
        assertTrue(onDisk("xylophone"));
        done(index.apply(room(), List.of(new Step.Gone(3, id("a"))), 3));
        done(index.purge());
        assertFalse(onDisk("xylophone"));
    }

    @Test
    void no_sentence_order_is_kept() throws IOException {
        put(room(), 1, "a", "lift broken");
        done(index.commit());
        assertFalse(onDisk("lift broken"));
    }

    @Test
    void any_file_of_the_words_may_be_damaged() throws IOException {
        put(room(), 1, "a", "lift broken");
        index.close();
        for (Path file : wordFiles()) {
            byte[] whole = Files.readAllBytes(file);
            byte[] damaged = whole.clone();
            for (int at = 0; at < damaged.length; at += 3) damaged[at] ^= 0x55;
            Files.write(file, damaged);
            index = open();
            heals();
            index.close();
            Files.createDirectories(file.getParent());
        }
        index = open();
    }

    @Test
    void any_file_of_the_words_may_be_cut_off_or_missing() throws IOException {
        put(room(), 1, "a", "lift broken");
        index.close();
        for (int round = 0; round < 40; round++) {
            List<Path> files = wordFiles();
            Path file = files.get(round % files.size());
            byte[] whole = Files.readAllBytes(file);
            if (round % 3 == 0) Files.delete(file);
            else Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
            index = open();
            heals();
            index.close();
        }
        index = open();
    }

    /** Whoever uses it asks how far it is and applies the rest; when it fails, once more. */
    private void heals() {
        for (int attempt = 0; ; attempt++) {
            try {
                if (reached(room()) < 1) put(room(), 1, "a", "lift broken");
                assertEquals(ids("a"), found(room(), "lift"));
                return;
            } catch (java.util.concurrent.CompletionException e) {
                if (attempt == 3) throw e;
            }
        }
    }

    @Test
    void what_was_not_written_before_a_crash_is_applied_again() throws IOException {
        put(room(), 1, "a", "lift broken");
        done(index.commit());
        Path before = copied();
        put(room(), 2, "b", "lunch noon");
        try (EmbeddedIndex crashed = new EmbeddedIndex(before, new FixedModels(), Runnable::run, Clock.systemUTC())) {
            index.close();
            index = crashed;
            assertEquals(1, reached(room()));
            assertEquals(ids("a"), found(room(), "lift"));
            put(room(), 2, "b", "lunch noon");
            assertEquals(ids("b"), found(room(), "noon"));
        }
        index = open();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void only_the_owner_may_enter_its_folders() throws IOException {
        put(room(), 1, "a", "lift");
        addVectors(room(), MODEL, "a");
        for (String folder : List.of("index", "vectors"))
            assertEquals(
                    "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(folder))));
    }

    @Test
    void a_second_process_does_not_get_the_files_and_deletes_nothing() throws IOException {
        put(room(), 1, "a", "lift");
        try (EmbeddedIndex second = open()) {
            assertTrue(second.reached(room().tenant(), java.util.Set.of(room().scope()))
                    .toCompletableFuture()
                    .isCompletedExceptionally());
        }
        assertEquals(ids("a"), found(room(), "lift"));
    }

    private Path copied() throws IOException {
        Path copy = Files.createTempDirectory(home, "copy");
        try (Stream<Path> all = Files.walk(home.resolve("index"))) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("write.lock"))
                    .toList()) {
                Path to = copy.resolve(home.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return copy;
    }

    private List<Path> wordFiles() throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve("index"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("about") && !file.endsWith("write.lock"))
                    .sorted()
                    .toList();
        }
    }

    private boolean onDisk(String word) throws IOException {
        byte[] wanted = word.getBytes(UTF_8);
        for (Path file : wordFiles())
            if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1))) return true;
        return false;
    }
}
