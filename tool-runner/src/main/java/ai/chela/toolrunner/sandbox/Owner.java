package ai.chela.toolrunner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Marks what this process leaves on the machine (pid namespace, pid, start time), so that a later start recognises what
 * belongs to a process that is gone, and leaves alone what belongs to a living neighbour.
 */
final class Owner {
    /** Field 22 of {@code /proc/PID/stat}, counted after the name, which is field 2 and may hold blanks. */
    private static final int START_AFTER_NAME = 19;

    private Owner() {}

    /** Of this process: three numbers with hyphens between them. */
    static String mark() {
        long pid = ProcessHandle.current().pid();
        return pidNamespace() + "-" + pid + "-" + startTicks(pid).orElseThrow();
    }

    /** Whether a name that begins with a mark is of a process of this pid namespace that has ended. */
    static boolean isGone(String name) {
        String[] parts = name.split("-", 4);
        if (parts.length < 3 || !parts[0].equals(pidNamespace()) || !parts[1].matches("\\d{1,10}")) return false;
        Optional<String> alive = startTicks(Long.parseLong(parts[1]));
        return alive.isEmpty() || !alive.get().equals(parts[2]);
    }

    private static String pidNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                    .toString()
                    .replaceAll("\\D", "");
        } catch (IOException unreadable) {
            throw new IllegalStateException("/proc/self/ns/pid cannot be read", unreadable);
        }
    }

    private static Optional<String> startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_AFTER_NAME]);
        } catch (IOException _) {
            // No such file, or ESRCH when it ended while being read: both mean that it is gone.
            return Optional.empty();
        }
    }
}
