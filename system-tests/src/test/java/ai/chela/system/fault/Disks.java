package ai.chela.system.fault;

import ai.chela.system.stack.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small disks in memory on which Kafka and PostgreSQL of one stack keep what they have. */
final class Disks implements AutoCloseable {
    /** With room for a run, and quickly filled. */
    private static final String SIZE = "size=768m";

    private static final Duration COMMAND = Duration.ofSeconds(20);

    private final Path data;

    private Disks(Path data) {
        this.data = data;
    }

    /** What is missing on this machine for disks to be filled; empty when nothing is. */
    static Optional<String> missing() {
        return System.getProperty("user.name").equals("root")
                ? Optional.empty()
                : Optional.of("only root can mount a small disk");
    }

    /** Mounts them in the data folder of a stack that was never started. */
    static Disks mount(Path data) {
        Disks disks = new Disks(data);
        for (String server : List.of("kafka", "postgres")) {
            try {
                Files.createDirectories(disks.of(server));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Programs.run(
                            data,
                            Map.of(),
                            COMMAND,
                            List.of(
                                    "mount",
                                    "-t",
                                    "tmpfs",
                                    "-o",
                                    SIZE + ",mode=700",
                                    "tmpfs",
                                    disks.of(server).toString()))
                    .ok();
        }
        return disks;
    }

    Path of(String server) {
        return data.resolve(server);
    }

    /** The stack must be down. */
    @Override
    public void close() {
        for (String server : List.of("kafka", "postgres"))
            Programs.run(data, Map.of(), COMMAND, List.of("umount", of(server).toString()))
                    .ok();
    }
}
