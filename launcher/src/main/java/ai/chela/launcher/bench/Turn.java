package ai.chela.launcher.bench;

import ai.chela.launcher.client.Event;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One message, and when it was sent, accepted and answered by the clock of this process. */
final class Turn {
    private final Saying saying;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long sent = System.nanoTime();
    private volatile long accepted;
    private volatile long answered;
    private volatile @Nullable Event last;
    private volatile @Nullable String refused;

    Turn(Saying saying) {
        this.saying = saying;
    }

    String text() {
        return saying.text();
    }

    /** The moment before its request. */
    void sending() {
        sent = System.nanoTime();
    }

    /** The moment at which its request was answered with 202. */
    void accepted() {
        accepted = System.nanoTime();
    }

    void ended(Event event) {
        answered = System.nanoTime();
        last = event;
        ended.countDown();
    }

    /** It was not accepted, and why. */
    void refused(String why) {
        refused = why;
        ended.countDown();
    }

    boolean await(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Nullable
    Event last() {
        return last;
    }

    /** Accepted, and nothing came. */
    boolean isLost() {
        return last == null && refused == null;
    }

    boolean isRight() {
        Event event = last;
        return event != null && saying.isAnsweredBy(event);
    }

    /** Why it has no right answer; null when it has one, or none yet. */
    @Nullable
    String trouble() {
        Event event = last;
        if (refused != null) return refused;
        return event == null || isRight() ? null : event.text();
    }

    double millisFromSent() {
        return (answered - sent) / 1e6;
    }

    /** An answer may be here before the response to the request is. */
    double millisFromAccepted() {
        return Math.max(0, (answered - accepted) / 1e6);
    }

    long answeredAt() {
        return answered;
    }
}
