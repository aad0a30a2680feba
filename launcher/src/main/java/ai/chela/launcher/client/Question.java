package ai.chela.launcher.client;

import ai.chela.launcher.data.Secrets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One message, and the wait for what answers it. */
public final class Question {
    private Question() {}

    /** A fresh message id. */
    public static String freshId() {
        return "cli-" + Secrets.random().substring(0, 22);
    }

    /** Sends the text and waits for its final event, however the connection breaks meanwhile. */
    public static Answer ask(Gateway gateway, String conversation, String text, Duration limit)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        String id = freshId();
        BlockingQueue<Event> finals = new LinkedBlockingQueue<>();
        try (Listener listener = new Listener(gateway, conversation, -1, event -> {
            if (event.answers(id) && event.type().isFinal()) finals.add(event);
        })) {
            listener.ready();
            listener.goOnFrom(gateway.post(conversation, id, text));
            Event last = finals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return last == null ? new Answer.TimedOut() : Answer.of(last);
        }
    }
}
