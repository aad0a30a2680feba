package ai.chela.launcher.client;

import ai.chela.launcher.data.Secrets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One message, and the wait for what answers it. */
public final class Question {
    /** Between two tries of a gateway that is being restarted. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Question() {}

    /** A fresh message id. */
    public static String freshId() {
        return "cli-" + Secrets.random().substring(0, 22);
    }

    /**
     * Sends the text and waits for its final event, however the connection breaks meanwhile. While a gateway that is kept
     * up does not answer, it is tried again: the same id again is the same message.
     */
    public static Answer ask(Gateway gateway, String conversation, String text, Duration limit)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        String id = freshId();
        long after = -1;
        while (true) {
            try {
                return ask(gateway, conversation, id, text, after, deadline);
            } catch (Unavailable e) {
                if (!gateway.comesBack() || System.nanoTime() > deadline - PAUSE.toNanos()) throw e;
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                after = 0; // it may have been accepted, and answered before the next try listens
            }
        }
    }

    private static Answer ask(Gateway gateway, String conversation, String id, String text, long after, long deadline)
            throws InterruptedException {
        BlockingQueue<Event> finals = new LinkedBlockingQueue<>();
        try (Listener listener = new Listener(gateway, conversation, after, event -> {
            if (event.answers(id) && event.type().isFinal()) finals.add(event);
        })) {
            listener.ready();
            listener.goOnFrom(gateway.post(conversation, id, text));
            Event last = finals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return last == null ? new Answer.TimedOut() : Answer.of(last);
        }
    }
}
