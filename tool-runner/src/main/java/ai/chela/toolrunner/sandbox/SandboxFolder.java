package ai.chela.toolrunner.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Files that starting a sandbox needs, in a folder that only its owner can read; removed at the end. */
final class SandboxFolder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SandboxFolder.class);
    private static final String PREFIX = "sandbox-";
    private static final String USERS = """
            sandbox:x:1000:1000:sandbox:/workspace:/bin/sh
            nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
            """;
    private static final String GROUPS = """
            sandbox:x:1000:
            nogroup:x:65534:
            """;

    private final Path folder;

    private SandboxFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes it below {@code home}, and removes those of runners that are gone. */
    static SandboxFolder make(Path home, SandboxLimits limits, SystemCalls calls) throws IOException {
        Files.createDirectories(home);
        sweep(home);
        Path folder = Files.createTempDirectory(
                home,
                PREFIX + Owner.mark() + "-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.write(folder.resolve("arguments"), BubblewrapArguments.write(limits));
        Files.write(folder.resolve("filter"), SeccompFilter.program(calls));
        Files.writeString(folder.resolve("passwd"), USERS, StandardCharsets.US_ASCII);
        Files.writeString(folder.resolve("group"), GROUPS, StandardCharsets.US_ASCII);
        return new SandboxFolder(folder);
    }

    Path arguments() {
        return folder.resolve("arguments");
    }

    Path filter() {
        return folder.resolve("filter");
    }

    Path passwd() {
        return folder.resolve("passwd");
    }

    Path group() {
        return folder.resolve("group");
    }

    /** Where bwrap writes how a run went; does not exist yet. */
    Path status(String run) {
        return folder.resolve("status-" + run);
    }

    @Override
    public void close() {
        try {
            remove(folder);
        } catch (IOException failed) {
            // Not fatal: the next start sweeps it.
            LOG.warnf("sandbox.folder-left reason=%s", failed.getMessage());
        }
    }

    private static void sweep(Path home) throws IOException {
        try (Stream<Path> children = Files.list(home)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (name.startsWith(PREFIX) && Owner.isGone(name.substring(PREFIX.length()))) remove(child);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : List.copyOf(files.toList())) Files.delete(file);
        }
        Files.delete(folder);
    }
}
