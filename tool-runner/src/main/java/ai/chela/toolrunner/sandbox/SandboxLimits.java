package ai.chela.toolrunner.sandbox;

import java.time.Duration;

/**
 * What one run may use.
 *
 * @param deadline wall time, after which everything in it is killed
 * @param outputBytes how much of its output is kept; what is beyond is counted and dropped
 * @param floodBytes output after which it is killed
 * @param memoryBytes of all its processes and temporary files together; needs a control group
 * @param dataBytes of one process's data (RLIMIT_DATA: V8 and the JVM reserve address space far beyond their use, so
 *     RLIMIT_AS would stop them)
 * @param processes in all; bounded by rlimit, and by the control group where there is one
 * @param cpuPercent of one CPU, all its processes together; needs a control group
 * @param cpuSeconds of one process
 * @param workspaceBytes size of {@code /workspace}
 * @param tempBytes size of {@code /tmp}, and of {@code /dev/shm}
 */
public record SandboxLimits(
        Duration deadline,
        int outputBytes,
        long floodBytes,
        long memoryBytes,
        long dataBytes,
        int processes,
        int cpuPercent,
        int cpuSeconds,
        long workspaceBytes,
        long tempBytes) {
    private static final long MIB = 1L << 20;

    /** A minute, half a gibibyte, 64 processes, one CPU, 64 MiB of files. */
    public static SandboxLimits standard() {
        return new SandboxLimits(
                Duration.ofSeconds(60), 64 << 10, 64 * MIB, 512 * MIB, 512 * MIB, 64, 100, 30, 64 * MIB, 16 * MIB);
    }

    /** The same with another deadline. */
    public SandboxLimits within(Duration limit) {
        return new SandboxLimits(
                limit,
                outputBytes,
                floodBytes,
                memoryBytes,
                dataBytes,
                processes,
                cpuPercent,
                cpuSeconds,
                workspaceBytes,
                tempBytes);
    }
}
