package ai.chela.toolrunner.sandbox;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Looks for processes of the whole machine by a word of their command line. */
final class Processes {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Processes() {}

    static void awaitPresence(String word) {
        await(() -> count(word) > 0, "no process has " + word);
    }

    static void awaitAbsence(String word) {
        await(() -> count(word) == 0, "processes have " + word + " still");
    }

    /** How many processes have exactly that word among their arguments. */
    static long count(String word) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .filter(path -> hasWord(path.resolve("cmdline"), word))
                    .count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean hasWord(Path cmdline, String word) {
        try {
            return Stream.of(Files.readString(cmdline).split("\0")).anyMatch(word::equals);
        } catch (IOException _) {
            return false; // it ended meanwhile
        }
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) fail(otherwise);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
