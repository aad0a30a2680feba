package ai.chela.launcher.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process, told apart from a later one with the same pid.
 *
 * @param startTicks clock ticks from the machine's start to the process's; unlike a wall time it does not move when
 *     the clock is set
 * @param boot the kernel's id of this run of the machine
 */
public record ProcessId(long pid, long startTicks, String boot) {
    private static final Path PROC = Path.of("/proc");

    /** The process that has this pid now, empty when there is none or it is a zombie. */
    public static Optional<ProcessId> of(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            // the name in parentheses may hold spaces and parentheses itself, so count from the last one
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            if (fields[0].equals("Z") || fields[0].equals("X")) return Optional.empty();
            String boot =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
            return Optional.of(new ProcessId(pid, Long.parseLong(fields[19]), boot));
        } catch (IOException _) {
            return Optional.empty(); // no such process
        }
    }

    public static ProcessId self() {
        return of(ProcessHandle.current().pid()).orElseThrow();
    }

    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** The short name that the kernel shows for a pid, such as {@code java}; "?" when it is gone. */
    public static String nameOf(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/comm")).strip();
        } catch (IOException _) {
            return "?";
        }
    }

    /** The file that it executes, such as {@code /usr/bin/java}; empty when it is gone or somebody else's. */
    public Optional<Path> program() {
        try {
            return Optional.of(Files.readSymbolicLink(PROC.resolve(pid + "/exe")));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Resident memory in bytes, 0 when the process is gone. */
    public long residentBytes() {
        try {
            for (String line : Files.readAllLines(PROC.resolve(pid + "/status")))
                if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            return 0;
        } catch (IOException _) {
            return 0;
        }
    }

    /** Processor time used so far, in clock ticks of 10 ms, 0 when the process is gone. */
    public long cpuTicks() {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException _) {
            return 0;
        }
    }
}
