package ai.chela.toolrunner.call;

import org.jspecify.annotations.Nullable;

/**
 * What may still be done with a call in this instance's hands. It begins once, while its lease is believed to last; when
 * the lease is lost its tool is interrupted, and what the tool came to counts for nothing. Thread-safe.
 */
final class Hold {
    private enum Phase {
        TAKEN,
        RUNNING,
        OVER,
        LOST
    }

    private final Call call;
    private final Lane lane;
    private Phase phase = Phase.TAKEN;
    private long until;
    private @Nullable Thread runner;

    /** @param until {@link System#nanoTime} up to which nobody else can have taken it over */
    Hold(Call call, Lane lane, long until) {
        this.call = call;
        this.lane = lane;
        this.until = until;
    }

    Call call() {
        return call;
    }

    Lane lane() {
        return lane;
    }

    /** The calling thread runs it from now on; false when it must not, because the lease was lost or may have ended. */
    synchronized boolean begin() {
        if (phase != Phase.TAKEN || System.nanoTime() - until >= 0) return false;
        phase = Phase.RUNNING;
        runner = Thread.currentThread();
        return true;
    }

    /** The thread that began is done with it, and is not interrupted for it any more. */
    synchronized void end() {
        runner = null;
        // an interrupt that was meant for this call must not hit the next one on the thread
        Thread.interrupted();
        if (phase == Phase.RUNNING) phase = Phase.OVER;
    }

    synchronized void renewed(long newUntil) {
        until = newUntil;
    }

    /** Another took it over. What has its result already learns so when it commits. */
    synchronized void lost() {
        if (phase == Phase.OVER) return;
        phase = Phase.LOST;
        interrupt();
    }

    /** The instance stops: what runs is interrupted, and still this instance's to hand over. */
    synchronized void interrupt() {
        if (runner != null) runner.interrupt();
    }

    /** Takes the chance to begin from a call that has not begun; whether there was one. */
    synchronized boolean withdraw() {
        if (phase != Phase.TAKEN) return false;
        phase = Phase.OVER;
        return true;
    }

    synchronized boolean isLost() {
        return phase == Phase.LOST;
    }
}
