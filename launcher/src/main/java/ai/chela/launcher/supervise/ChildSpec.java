package ai.chela.launcher.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process to keep running.
 *
 * @param environment all the variables that it gets; nothing is inherited
 * @param log its output and errors are appended to this file
 * @param beforeStart runs before each start; what it throws counts as a death
 * @param stop the signal that ends it in order
 * @param grace how long it may take to end before it is killed
 */
public record ChildSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path log,
        Preparation beforeStart,
        Signal stop,
        Duration grace) {

    /** The signals that the launcher sends. */
    public enum Signal {
        TERM,
        INT,
        STOP,
        KILL
    }

    /** What must be done before a start. */
    @FunctionalInterface
    public interface Preparation {
        Preparation NOTHING = () -> {};

        void run() throws Exception;
    }

    public ChildSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
