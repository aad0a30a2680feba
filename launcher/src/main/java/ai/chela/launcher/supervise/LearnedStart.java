package ai.chela.launcher.supervise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a JVM learned in an earlier run: loaded and linked classes, and which methods were worth compiling and how they were
 * used. A file that fits the class path or the JVM no longer is passed over by the JVM itself.
 *
 * @param file where it is, or is to be written
 * @param learning whether this run is the one that is learned from
 * @param shortLived whether the process will not live long enough for the second compiler to pay
 */
public record LearnedStart(Path file, boolean learning, boolean shortLived) {
    /** Set by {@code ./chela build}: the JVMs of this stack write what they learn. */
    private static final String TRAINING = "CHELA_TRAINING";

    /** Set by the fault tests, which kill every process again and again. */
    private static final String SHORT_LIVED = "CHELA_SHORT_LIVED";

    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    /** Another JVM assembles the file at the end of the first, on a small machine for some ten seconds. */
    private static final Duration TO_WRITE = Duration.ofSeconds(120);

    public static LearnedStart at(Path file, Map<String, String> environment) {
        return new LearnedStart(file, environment.containsKey(TRAINING), environment.containsKey(SHORT_LIVED));
    }

    /**
     * The JVM's options. The second compiler pays where it is told from the start what to compile: without that it works
     * for minutes while others wait, and the first alone is the better choice.
     */
    public List<String> options() {
        if (learning) return List.of("-XX:AOTCacheOutput=" + file);
        if (!Files.exists(file)) return List.of(QUICK_COMPILER);
        List<String> learned = List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off");
        return shortLived
                ? Stream.concat(learned.stream(), Stream.of(QUICK_COMPILER)).toList()
                : learned;
    }

    /** How long the JVM may take to stop, when it usually may take {@code usually}. */
    public Duration toStop(Duration usually) {
        return learning ? TO_WRITE : usually;
    }
}
