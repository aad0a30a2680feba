package ai.chela.system.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine: without it the test does not run, and under {@code CHELA_TEST_STRICT=true} fails. */
public final class Needs {
    private Needs() {}

    /** Prosody, the XMPP server. */
    public static Path prosody() {
        return program("Prosody", "prosody");
    }

    /** bubblewrap, which makes the sandbox. */
    public static Path bubblewrap() {
        return program("bubblewrap", "bwrap");
    }

    public static Path node() {
        return program("Node", "node");
    }

    public static Path npm() {
        return program("Node", "npm");
    }

    /** Whether this program is on the machine. */
    public static boolean has(String file) {
        return find(file).isPresent();
    }

    private static Path program(String name, String file) {
        Optional<Path> found = find(file);
        if (found.isEmpty() && "true".equals(System.getenv("CHELA_TEST_STRICT")))
            throw new AssertionError(name + " is needed by this test: " + file + " is not on the PATH");
        Assumptions.assumeTrue(found.isPresent(), () -> "NOT RUN: " + name);
        return found.orElseThrow();
    }

    private static Optional<Path> find(String file) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        for (String folder : path.split(":")) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, file);
            if (Files.isExecutable(candidate)) return Optional.of(candidate);
        }
        return Optional.empty();
    }
}
