package ai.chela.system.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs other programs to their end. */
public final class Programs {
    private Programs() {}

    /**
     * Runs a program to its end, without standard input.
     *
     * @param variables added to the environment of this process, whose {@code CHELA_} variables it does not get
     * @throws AssertionError when it has not ended in time; it is killed then
     */
    public static Finished run(Path folder, Map<String, String> variables, Duration limit, List<String> command) {
        String shown = String.join(" ", command);
        try {
            Process process = builder(folder, variables, command).start();
            process.getOutputStream().close();
            CompletableFuture<String> out = read(process.getInputStream());
            CompletableFuture<String> err = read(process.getErrorStream());
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(shown + " has not ended within " + limit.toSeconds() + " s");
            }
            return new Finished(shown, process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(shown, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + shown, e);
        }
    }

    /** A program to be started, with the environment that {@link #run} gives. */
    public static ProcessBuilder builder(Path folder, Map<String, String> variables, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CHELA_") || name.startsWith("LC_"));
        builder.environment().putAll(variables);
        return builder;
    }

    /** Removes a folder that a program worked in. */
    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }
}
