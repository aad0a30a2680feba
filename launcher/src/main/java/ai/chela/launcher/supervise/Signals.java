package ai.chela.launcher.supervise;

import ai.chela.launcher.supervise.ChildSpec.Signal;
import java.io.IOException;
import java.time.Duration;

/** Sends signals, and waits for what they should bring about. */
public final class Signals {
    private Signals() {}

    /** Sends a signal; one that finds no process is not an error, the process has ended meanwhile. */
    public static void send(ProcessId process, Signal signal) throws IOException, InterruptedException {
        if (!process.alive()) return;
        new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Asks a process to end, kills it when it has not within the grace; true when it ended by itself. */
    public static boolean end(ProcessId process, Signal signal, Duration grace)
            throws IOException, InterruptedException {
        send(process, signal);
        if (awaitEnd(process, grace)) return true;
        send(process, Signal.KILL);
        awaitEnd(process, Duration.ofSeconds(5));
        return false;
    }

    /** True when the process is gone within the time. */
    public static boolean awaitEnd(ProcessId process, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (process.alive()) {
            if (System.nanoTime() > deadline) return false;
            Thread.sleep(20); // the kernel tells only a parent; this process may be another's child
        }
        return true;
    }
}
