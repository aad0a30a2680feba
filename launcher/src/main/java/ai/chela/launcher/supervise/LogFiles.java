package ai.chela.launcher.supervise;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Log files: kept from growing without end, and read from their end. */
public final class LogFiles {
    /** A log is cut when it is larger than this; one earlier piece of it is kept. In bytes. */
    public static final long LARGEST = 10L << 20;

    private LogFiles() {}

    /**
     * Cuts the logs of a folder that are too large. The process that writes keeps its file open for appending, so the
     * file is copied to {@code name.log.1} and emptied; what is written between the two is lost.
     */
    public static void rotate(Path folder, long largest) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(folder)) {
            logs = files.filter(it -> it.getFileName().toString().endsWith(".log"))
                    .toList();
        }
        for (Path log : logs) {
            if (Files.size(log) <= largest) continue;
            Path earlier = log.resolveSibling(log.getFileName() + ".1");
            Files.copy(log, earlier, REPLACE_EXISTING, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }

    /** The last lines of a file, at most so many and from its last 64 KiB; empty when there is no such file. */
    public static List<String> tail(Path log, int lines) throws IOException {
        if (!Files.exists(log)) return List.of();
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - (64 << 10));
            file.seek(from);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            List<String> all = new ArrayList<>(
                    new String(bytes, StandardCharsets.UTF_8).lines().toList());
            if (from > 0 && !all.isEmpty()) all.removeFirst();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        }
    }
}
