package ai.chela.toolrunner.sandbox;

import java.time.Duration;

/**
 * A place for commands that nobody trusts. Each kind is one implementation; safe for use by several threads at once.
 */
public sealed interface Sandbox extends AutoCloseable permits Bubblewrap {

    /** What was found at start. */
    Level level();

    /**
     * Runs {@code /bin/sh -c command} in a fresh, empty workspace and waits for its end. Nothing of it is left
     * afterwards, neither process nor file.
     *
     * @param deadline from now; more than the sandbox's own limit has no effect
     * @throws InterruptedException when the caller is interrupted; the run is killed
     */
    Outcome run(String command, Duration deadline) throws InterruptedException;

    /** Kills what runs. */
    @Override
    void close();
}
