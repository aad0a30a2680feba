package ai.chela.memory.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A part of the service in a JVM of its own, that says on standard output, line by line, what it has promised. It is ended by
 * SIGKILL, and what it had said by then is all that may be relied on.
 */
public final class Life implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;

    private Life(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /** Starts the main method of a class of the tests. */
    public static Life of(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("life", ".err");
        return new Life(
                new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine())
                synchronized (said) {
                    said.add(line);
                    said.notifyAll();
                }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            synchronized (said) {
                said.notifyAll();
            }
        }
    }

    /** Waits until so many lines fit, or it has ended; whether they came. */
    public boolean said(int count, Predicate<String> fits) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        synchronized (said) {
            while (said.stream().filter(fits).count() < count) {
                if (!reader.isAlive()) return false;
                if (System.nanoTime() > end) throw new AssertionError("it said only " + said + "\n" + errors());
                said.wait(100);
            }
            return true;
        }
    }

    /** SIGKILL; returns all that it had said, in order. */
    public List<String> kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
        return List.copyOf(said);
    }

    /** Waits for its own end. */
    public int ended() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) throw new AssertionError("no end: " + said + errors());
        reader.join();
        return process.exitValue();
    }

    /** The last thing of this kind that was said; null for none. A line is a kind, a space and what it is about. */
    public static @Nullable String last(List<String> said, String kind) {
        return said.reversed().stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.substring(kind.length() + 1))
                .findFirst()
                .orElse(null);
    }

    /** What it wrote on standard error. */
    public String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(errors);
    }
}
