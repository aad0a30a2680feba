package ai.chela.launcher.supervise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a JVM learned in an earlier run: loaded and linked classes. A file that fits the class path or the JVM no longer is
 * passed over by the JVM itself.
 *
 * @param file where it is, or is to be written
 * @param learning whether this run is the one that is learned from
 */
public record LearnedStart(Path file, boolean learning) {
    /** Set by {@code ./chela build}: the JVMs of this stack write what they learn. */
    private static final String TRAINING = "CHELA_TRAINING";

    /**
     * The first compiler alone. The second makes code that needs a third less processor time, but for the first thousands
     * of turns it takes the two processors of a small machine for itself, and a person waits ten times as long: decision 18.
     */
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    /** Another JVM assembles the file at the end of the first, on a small machine for some ten seconds. */
    private static final Duration TO_WRITE = Duration.ofSeconds(120);

    public static LearnedStart at(Path file, Map<String, String> environment) {
        return new LearnedStart(file, environment.containsKey(TRAINING));
    }

    public List<String> options() {
        if (learning) return List.of(QUICK_COMPILER, "-XX:AOTCacheOutput=" + file);
        if (!Files.exists(file)) return List.of(QUICK_COMPILER);
        return List.of(QUICK_COMPILER, "-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off");
    }

    /** How long the JVM may take to stop, when it usually may take {@code usually}. */
    public Duration toStop(Duration usually) {
        return learning ? TO_WRITE : usually;
    }
}
