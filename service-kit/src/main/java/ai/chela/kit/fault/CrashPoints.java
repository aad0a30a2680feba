package ai.chela.kit.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Dies where a test wants it to. Does nothing, at the cost of one comparison, unless {@code CHELA_CRASH_FOLDER} names a
 * folder. A file there named as a {@link CrashPoint} arms that point once: the process that reaches it renames the file to
 * {@code <point>.hit.<instance>}, by which the test sees that it struck, and then does what the file says: {@code halt}
 * ends the process at once, as {@code kill -9} would; {@code stop} stops it, as {@code kill -STOP} would, until somebody
 * continues it.
 */
public final class CrashPoints {
    /** As a shell reports a process that was killed by signal 9. */
    private static final int KILLED = 137;

    private static final @Nullable Path FOLDER = folder();

    private CrashPoints() {}

    private static @Nullable Path folder() {
        String named = System.getenv("CHELA_CRASH_FOLDER");
        return named == null || named.isBlank() ? null : Path.of(named);
    }

    /** The process is at this point now. */
    public static void reach(CrashPoint point) {
        Path folder = FOLDER;
        if (folder != null) strike(folder, point);
    }

    private static void strike(Path folder, CrashPoint point) {
        Path armed = folder.resolve(point.fileName());
        if (!Files.exists(armed)) return;
        Path hit = folder.resolve(
                point.fileName() + ".hit." + ConfigProvider.getConfig().getValue("chela.instance", String.class));
        try {
            Files.move(armed, hit, StandardCopyOption.ATOMIC_MOVE);
            switch (Files.readString(hit).strip()) {
                case "halt" -> Runtime.getRuntime().halt(KILLED);
                case "stop" -> stop();
                case String other -> throw new IllegalStateException(hit + " says \"" + other + "\", not halt or stop");
            }
        } catch (NoSuchFileException _) {
            // another thread or instance was quicker: the point was armed once
        } catch (IOException e) {
            throw new IllegalStateException("the crash point " + point.fileName() + " could not strike", e);
        }
    }

    private static void stop() throws IOException {
        Process signal = new ProcessBuilder(
                        "kill", "-STOP", String.valueOf(ProcessHandle.current().pid()))
                .inheritIO()
                .start();
        try {
            signal.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
