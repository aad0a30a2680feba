package ai.chela.toolrunner.sandbox;

import java.time.Duration;

/** How a run in a sandbox ended. */
public sealed interface Outcome {

    /**
     * It ended by itself.
     *
     * @param exitCode 0 to 255; a command killed by a signal has 128 plus its number
     * @param memoryLimitHit a process of it was killed because the memory of all was used up; always false without a
     *     control group
     * @param started from the call to the process's start
     * @param took from the call to its end
     */
    record Exited(int exitCode, Output output, boolean memoryLimitHit, Duration started, Duration took)
            implements Outcome {}

    /** Killed at the deadline. */
    record TimedOut(Output output, Duration took) implements Outcome {}

    /** Killed because it wrote too much. */
    record Flooded(Output output, Duration took) implements Outcome {}

    /**
     * The sandbox could not be set up, so the command did not run.
     *
     * @param reason for the log and the operator
     */
    record NotStarted(String reason) implements Outcome {}

    /**
     * What it wrote to standard output and standard error, in the order written.
     *
     * @param text what was kept, without control characters but tab and line end; what is not UTF-8 is replaced
     * @param bytes how much it wrote in all
     * @param cut whether {@code text} lacks some of it
     */
    record Output(String text, long bytes, boolean cut) {}
}
