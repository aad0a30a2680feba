package ai.chela.launcher.stack;

import ai.chela.launcher.language.Language;
import ai.chela.launcher.supervise.ProcessId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The process that listens on a port.
 *
 * @param name its short name, such as {@code java}
 */
record PortHolder(long pid, String name) {
    private static final String LISTENING = "0A";

    /** Empty when nothing listens there, or when the process belongs to another user and cannot be looked at. */
    static Optional<PortHolder> of(int port) {
        try {
            Set<String> sockets = new HashSet<>();
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                Path file = Path.of(table);
                if (Files.exists(file)) sockets.addAll(listeners(Files.readAllLines(file), port));
            }
            return sockets.isEmpty() ? Optional.empty() : owner(sockets);
        } catch (IOException _) {
            return Optional.empty(); // a machine that hides its tables; the message then names the port alone
        }
    }

    /** The inodes of the sockets that listen on a port, from the lines of {@code /proc/net/tcp}. */
    static Set<String> listeners(List<String> table, int port) {
        String suffix = ":" + String.format(Locale.ROOT, "%04X", port);
        Set<String> inodes = new HashSet<>();
        for (String line : table) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) inodes.add(fields[9]);
        }
        return inodes;
    }

    private static Optional<PortHolder> owner(Set<String> inodes) throws IOException {
        Set<String> wanted = new HashSet<>();
        for (String inode : inodes) wanted.add("socket:[" + inode + "]");
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (!holds(process.resolve("fd"), wanted)) continue;
                long pid = Long.parseLong(process.getFileName().toString());
                return Optional.of(new PortHolder(pid, ProcessId.nameOf(pid)));
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Path descriptors, Set<String> wanted) {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                if (wanted.contains(Files.readSymbolicLink(link).toString())) return true;
            }
            return false;
        } catch (IOException | java.nio.file.DirectoryIteratorException _) {
            return false; // ended meanwhile, or another user's
        }
    }

    /** What a person is told who wanted this port. */
    static String message(Language language, int port, Optional<PortHolder> holder, int suggestion, String suffix) {
        String who = holder.map(it -> it.name() + " (pid " + it.pid() + ")")
                .orElseGet(() -> language.say("another user's process", "其他用户的进程"));
        return language.say(
                "Port %d is held by %s. Stop it, or `./chela up --port %d%s`.",
                "端口 %d 被 %s 占用。请停止它，或改用 `./chela up --port %d%s`。", port, who, suggestion, suffix);
    }
}
