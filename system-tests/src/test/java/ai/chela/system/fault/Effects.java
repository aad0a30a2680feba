package ai.chela.system.fault;

import ai.chela.system.stack.Needs;
import ai.chela.system.stack.Programs;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where commands in the sandbox leave a sign outside of the system: a named pipe below {@code /usr}, the one folder of the
 * host that the sandbox shows. It is shown read-only, which keeps files from being written and pipes not. Every line that
 * comes out of it is one run.
 */
final class Effects implements AutoCloseable {
    private static final Path SHOWN = Path.of("/usr/local/share");
    private static final String LAST = "the harness closes it";

    private final Path folder;
    private final Path pipe;
    private final Journal journal;
    private final RandomAccessFile open;
    private final Thread reader;

    private Effects(Journal journal) throws IOException {
        this.journal = journal;
        folder = Files.createTempDirectory(
                SHOWN,
                "chela-effects-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        pipe = folder.resolve("ran");
        Programs.run(folder, Map.of(), Duration.ofSeconds(10), List.of("mkfifo", "-m", "622", pipe.toString()))
                .ok();
        // for both directions: it never ends, and nobody who writes waits for a reader
        open = new RandomAccessFile(pipe.toFile(), "rw");
        reader = Thread.ofPlatform().daemon().name("effects").start(this::read);
    }

    /** What is missing on this machine for commands to be tried; empty when nothing is. */
    static Optional<String> missing() {
        if (!Needs.has("bwrap")) return Optional.of("bubblewrap is not installed");
        return Files.isWritable(SHOWN)
                ? Optional.empty()
                : Optional.of(SHOWN + " is not writable: only root can put a pipe where the sandbox sees it");
    }

    static Effects open(Journal journal) {
        try {
            return new Effects(journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that says that it runs, and leaves this sign; it exits with 0 when it has left it. */
    String command(String sign) {
        return "echo ran " + sign + " && echo " + sign + " > " + pipe;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new FileInputStream(open.getFD()), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null && !line.equals(LAST); line = lines.readLine())
                journal.add(new Entry.Ran(Instant.now(), line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            open.write((LAST + "\n").getBytes(StandardCharsets.US_ASCII));
            reader.join();
            open.close();
            Files.delete(pipe);
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
