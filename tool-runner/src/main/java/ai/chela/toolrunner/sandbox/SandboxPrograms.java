package ai.chela.toolrunner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The programs of the machine that a sandbox is made with.
 *
 * @param bwrap bubblewrap
 * @param setpriv null where it is not installed
 * @param root whether this process is user 0
 */
record SandboxPrograms(Path bwrap, @Nullable Path setpriv, boolean root) {
    /**
     * Neither a person's nor a service's: Debian reserves 65000 to 65533. As uid 0 the sandbox would own {@code
     * /proc/sys}, whatever capabilities it lacks, and no limit of processes would bind.
     */
    private static final String NOBODYS_ID = "65533";

    /** Not PATH: it is the caller's. */
    private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));

    /** A program of that name in the machine's own folders. */
    static Optional<Path> find(String name) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether this process is user 0. */
    static boolean runsAsRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /** What the line that starts bwrap begins with, so that it never runs as user 0. */
    List<String> dropRights() {
        if (setpriv == null && root) throw new IllegalStateException("as root a sandbox needs setpriv");
        if (setpriv == null) return List.of();
        String program = setpriv.toString();
        return root
                ? List.of(program, "--reuid", NOBODYS_ID, "--regid", NOBODYS_ID, "--clear-groups", "--no-new-privs")
                : List.of(program, "--no-new-privs");
    }
}
