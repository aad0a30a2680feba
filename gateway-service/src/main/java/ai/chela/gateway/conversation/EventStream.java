package ai.chela.gateway.conversation;

import ai.chela.contracts.turn.ReplyPartial;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One open stream of a conversation. Every stored event after its start comes exactly once and in order: one that is the
 * next is shown as it is told, anything else makes it read the table from where it is. Nothing is read or kept beyond what
 * its reader asks for, so that a slow reader costs a bounded amount of memory. Thread-safe.
 */
final class EventStream {
    private static final int PAGE = 100;
    private static final int MAX_READY = 256;

    private final Function<Long, Uni<List<StoredEvent>>> read;
    private final Deque<Frame> ready = new ArrayDeque<>();
    private long last;
    private boolean behind = true;
    private boolean reading;
    private boolean closed;
    private @Nullable UniEmitter<? super Frame> waiter;
    private @Nullable Cancellable underWay;

    /**
     * @param after the number that was seen last
     * @param read at most {@value #PAGE} events after a number, in order; tries until the database answers
     */
    EventStream(long after, Function<Long, Uni<List<StoredEvent>>> read) {
        this.last = after;
        this.read = read;
    }

    static int page() {
        return PAGE;
    }

    Multi<Frame> frames() {
        return Multi.createBy().repeating().uni(this::next).indefinitely();
    }

    /** An event of this conversation was committed here. */
    void stored(StoredEvent event) {
        synchronized (this) {
            if (event.number() <= last) return;
            if (event.number() == last + 1 && !behind && !reading && ready.size() < MAX_READY) {
                ready.add(new Frame.Stored(event));
                last = event.number();
            } else {
                behind = true;
            }
        }
        move();
    }

    /** The conversation has that many events, some of which perhaps nobody told of here. */
    void lookAgain(long number) {
        synchronized (this) {
            if (number <= last) return;
            behind = true;
        }
        move();
    }

    void partial(ReplyPartial partial) {
        offer(new Frame.Partial(partial), MAX_READY);
    }

    /** Says that it is alive when there is nothing else to say. */
    void heartbeat() {
        offer(new Frame.Heartbeat(), 1);
    }

    synchronized void close() {
        closed = true;
        waiter = null;
        ready.clear();
        if (underWay != null) underWay.cancel();
    }

    private void offer(Frame frame, int bound) {
        synchronized (this) {
            if (closed || ready.size() >= bound) return;
            ready.add(frame);
        }
        move();
    }

    private Uni<Frame> next() {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                waiter = emitter;
            }
            move();
        });
    }

    /** Gives the waiting reader a frame, or begins to read when there is none but may be. */
    private void move() {
        UniEmitter<? super Frame> to;
        Frame frame;
        long from;
        synchronized (this) {
            if (closed || waiter == null) return;
            to = waiter;
            from = last;
            frame = ready.poll();
            if (frame != null) {
                waiter = null;
            } else {
                if (!behind || reading) return;
                reading = true;
                behind = false;
            }
        }
        if (frame != null) to.complete(frame);
        else readOn(from);
    }

    private void readOn(long from) {
        Cancellable reader = read.apply(from).subscribe().with(this::arrived, this::failed);
        synchronized (this) {
            underWay = reader;
            if (closed) reader.cancel();
        }
    }

    private void failed(Throwable failure) {
        UniEmitter<? super Frame> to;
        synchronized (this) {
            reading = false;
            behind = true;
            to = waiter;
            waiter = null;
        }
        if (to != null) to.fail(failure);
    }

    private void arrived(List<StoredEvent> events) {
        synchronized (this) {
            reading = false;
            for (StoredEvent event : events) {
                if (event.number() <= last) continue;
                ready.add(new Frame.Stored(event));
                last = event.number();
            }
            if (events.size() >= PAGE) behind = true;
        }
        move();
    }
}
