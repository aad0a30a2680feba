package ai.chela.memory.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfHistoryTest {
    private static final History FIRST = new History("00000000aaaa", List.of());
    private static final History RESTORED = new History("00000000bbbb", List.of("00000000aaaa"));

    @TempDir
    Path home;

    @BeforeEach
    void something_is_indexed() throws IOException {
        for (String folder : List.of("index", "vectors"))
            Files.writeString(
                    Files.createDirectories(home.resolve(folder).resolve("acme"))
                            .resolve("file"),
                    "x");
        Files.writeString(home.resolve("erasures"), "x");
    }

    @Test
    void an_index_of_this_history_stays() {
        OfHistory.enter(home, FIRST);
        OfHistory.enter(home, FIRST);
        assertTrue(indexed("index"));
        assertTrue(indexed("vectors"));
    }

    @Test
    void an_index_of_another_history_is_emptied_and_nothing_else() {
        OfHistory.enter(home, FIRST);
        OfHistory.enter(home, RESTORED);
        assertFalse(indexed("index"));
        assertFalse(indexed("vectors"));
        assertTrue(Files.exists(home.resolve("erasures")));
    }

    @Test
    void one_that_names_no_history_is_emptied_when_there_was_a_restore() {
        OfHistory.enter(home, RESTORED);
        assertFalse(indexed("index"));
    }

    @Test
    void emptying_that_was_broken_off_is_done_again() throws IOException {
        OfHistory.enter(home, FIRST);
        Files.delete(home.resolve("index/acme/file"));
        OfHistory.enter(home, RESTORED);
        assertFalse(indexed("vectors"));
        assertEquals(RESTORED.id(), Files.readString(home.resolve("history")));
    }

    private boolean indexed(String folder) {
        return Files.exists(home.resolve(folder).resolve("acme/file"));
    }
}
