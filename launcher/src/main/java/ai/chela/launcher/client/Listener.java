package ai.chela.launcher.client;

import ai.chela.launcher.Problem;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a conversation on a thread of its own, and goes on where it was when the connection breaks: every numbered
 * event reaches the consumer once.
 */
public final class Listener implements AutoCloseable {
    private static final long PAUSE_MILLIS = 150;

    private final Gateway gateway;
    private final String conversation;
    private final Consumer<Event> consumer;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Problem refused;
    private volatile @Nullable EventReader reader;
    private volatile boolean connected;
    private volatile long floor = -1;
    private long last;

    /** @param after the number after which to begin; negative: from now on, or from the first when it is not there yet */
    public Listener(Gateway gateway, String conversation, long after, Consumer<Event> consumer) {
        this.gateway = gateway;
        this.conversation = conversation;
        this.consumer = consumer;
        this.last = after;
        this.thread = Thread.ofVirtual().name("events of " + conversation).start(this::follow);
    }

    /**
     * Waits until it listens, or knows that the conversation is still to be made.
     *
     * @throws Problem when the gateway refuses or is not there
     */
    public Listener ready() throws InterruptedException {
        if (!opened.await(15, TimeUnit.SECONDS))
            throw gateway.unreachable(new IOException("no answer to the request for events"));
        if (refused != null) throw refused;
        return this;
    }

    /** Where to go on after a broken connection, when nothing has been heard before it. */
    public void goOnFrom(long number) {
        floor = Math.max(0, number - 1);
    }

    public boolean isConnected() {
        return connected;
    }

    private void follow() {
        try {
            boolean first = true;
            while (closed.getCount() > 0) {
                readOnce(first);
                first = false;
                if (closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOnce(boolean first) throws InterruptedException {
        try {
            Optional<EventReader> stream = gateway.events(conversation, last >= 0 ? last : floor);
            if (stream.isEmpty()) {
                last = Math.max(last, 0); // it will be made by the first message: then nothing of it is old
                opened.countDown();
                return;
            }
            try (EventReader open = stream.get()) {
                reader = open;
                connected = true;
                opened.countDown();
                for (Event event = open.next(); event != null; event = open.next()) take(event);
            }
        } catch (IOException e) {
            if (first) refuse(gateway.unreachable(e)); // later it is a broken connection, mended by the next round
        } catch (Problem e) {
            if (first) refuse(e);
        } finally {
            connected = false;
        }
    }

    private void refuse(Problem why) {
        refused = why;
        opened.countDown();
        closed.countDown();
    }

    private void take(Event event) {
        Long number = event.number();
        if (number != null) {
            if (number <= last) return;
            last = number;
        }
        consumer.accept(event);
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        EventReader open = reader;
        if (open != null) {
            try {
                open.close();
            } catch (IOException _) {
                // it is no longer read in any case
            }
        }
    }
}
