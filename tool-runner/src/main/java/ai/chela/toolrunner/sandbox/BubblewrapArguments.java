package ai.chela.toolrunner.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what the inside of a sandbox looks like, as the arguments of bwrap. */
final class BubblewrapArguments {
    /** File descriptors that the starting shell opens. */
    static final int ARGUMENTS = 8;

    static final int FILTER = 9;
    static final int STATUS = 7;
    static final int PASSWD = 6;
    static final int GROUP = 5;

    /** The only user and group inside; not the ones outside. */
    private static final String INSIDE_ID = "1000";

    private static final List<String> LINKS_INTO_USR = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");
    private static final List<String> ETC =
            List.of("/etc/ld.so.cache", "/etc/alternatives", "/etc/ssl/certs", "/etc/mime.types", "/etc/localtime");

    /** These tell of the host's kernel, memory layout or command line. */
    private static final List<String> HIDDEN_FILES = List.of(
            "kallsyms",
            "cmdline",
            "kcore",
            "keys",
            "key-users",
            "timer_list",
            "sched_debug",
            "config.gz",
            "iomem",
            "ioports",
            "interrupts",
            "mtrr",
            "sysrq-trigger",
            "kmsg",
            "kpagecount",
            "kpageflags",
            "latency_stats",
            "partitions",
            "diskstats",
            "swaps",
            "modules",
            "slabinfo",
            "vmallocinfo",
            "pagetypeinfo");

    private static final List<String> HIDDEN_FOLDERS =
            List.of("acpi", "scsi", "irq", "bus", "fs", "driver", "pressure");
    /** Room that nothing needs: they are read-only. */
    private static final long EMPTY = 4096;

    private final List<String> arguments = new ArrayList<>();

    private BubblewrapArguments() {}

    /** NUL-separated, as {@code bwrap --args} reads them; the same for every run. */
    static byte[] write(SandboxLimits limits) throws IOException {
        BubblewrapArguments inside = new BubblewrapArguments();
        inside.separation();
        inside.environment();
        inside.programs();
        inside.kernel();
        inside.room(limits);
        inside.end();
        return (String.join("\0", inside.arguments) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private void separation() {
        add("--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session", "--as-pid-1");
        add("--cap-drop", "ALL", "--uid", INSIDE_ID, "--gid", INSIDE_ID, "--hostname", "sandbox");
    }

    private void environment() {
        add("--clearenv", "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv", "HOME", "/workspace");
        add("--setenv", "LANG", "C.UTF-8", "--setenv", "TMPDIR", "/tmp", "--setenv", "USER", "sandbox");
    }

    /** Programs and libraries, read-only; no configuration and no data of the host. */
    private void programs() throws IOException {
        add("--ro-bind", "/usr", "/usr");
        for (String name : LINKS_INTO_USR) {
            Path path = Path.of("/", name);
            if (Files.isSymbolicLink(path))
                add("--symlink", Files.readSymbolicLink(path).toString(), path.toString());
            else if (Files.isDirectory(path)) add("--ro-bind", path.toString(), path.toString());
        }
        for (String path : ETC) add("--ro-bind-try", path, path);
        add("--ro-bind-data", Integer.toString(PASSWD), "/etc/passwd");
        add("--ro-bind-data", Integer.toString(GROUP), "/etc/group");
    }

    private void kernel() {
        add("--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys");
        for (String name : HIDDEN_FILES)
            if (Files.exists(Path.of("/proc", name))) add("--ro-bind", "/dev/null", "/proc/" + name);
        for (String name : HIDDEN_FOLDERS) if (Files.isDirectory(Path.of("/proc", name))) readOnlyRoom("/proc/" + name);
        add("--dev", "/dev");
    }

    private void room(SandboxLimits limits) {
        writableRoom("/dev/shm", limits.tempBytes());
        writableRoom("/tmp", limits.tempBytes());
        writableRoom("/run", limits.tempBytes());
        writableRoom("/workspace", limits.workspaceBytes());
    }

    private void end() {
        add("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/workspace");
        add("--seccomp", Integer.toString(FILTER), "--json-status-fd", Integer.toString(STATUS));
    }

    private void writableRoom(String at, long bytes) {
        add("--size", Long.toString(bytes), "--tmpfs", at);
    }

    private void readOnlyRoom(String at) {
        add("--size", Long.toString(EMPTY), "--tmpfs", at, "--remount-ro", at);
    }

    private void add(String... more) {
        arguments.addAll(List.of(more));
    }
}
