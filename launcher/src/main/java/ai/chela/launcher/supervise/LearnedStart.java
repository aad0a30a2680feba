package ai.chela.launcher.supervise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM learned in an earlier run: loaded and linked classes. A file that fits the class path or the JVM no longer is
 * passed over by the JVM itself.
 *
 * @param file where it is, or is to be written; null for a JVM that is to find out everything by itself
 * @param learning whether this run is the one that is learned from
 */
public record LearnedStart(@Nullable Path file, boolean learning) {
    /** Set by {@code ./chela bench --start}: services start without what they have learned. */
    public static final String UNLEARNED = "CHELA_UNLEARNED";

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

    /** For a JVM that neither learns nor uses what was learned, so that the difference can be measured. */
    public static LearnedStart none() {
        return new LearnedStart(null, false);
    }

    public List<String> options() {
        if (file == null) return List.of(QUICK_COMPILER);
        if (learning) return List.of(QUICK_COMPILER, "-XX:AOTCacheOutput=" + file);
        if (!Files.exists(file)) return List.of(QUICK_COMPILER);
        return List.of(QUICK_COMPILER, "-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off");
    }

    /** How long the JVM may take to stop, when it usually may take {@code usually}. */
    public Duration toStop(Duration usually) {
        return learning ? TO_WRITE : usually;
    }
}
