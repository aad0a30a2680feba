package ai.chela.kit.topic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.ToIntFunction;

/**
 * Who goes next: items of one lane one after another in the order in which they came, lanes side by side, a bounded number
 * at once, the lane that has waited longest first. Only decides; whoever asks does the work. Thread-safe.
 *
 * @param <L> what names a lane
 * @param <T> what waits in it
 */
final class Lanes<L, T> {
    /** The next items of a lane, which is taken until {@link #done} is told. */
    record Turn<L, T>(L lane, List<T> items) {}

    private final int parallel;
    private final Map<L, Queue<T>> lanes = new HashMap<>();
    private final Queue<L> ready = new ArrayDeque<>();
    private int underWay;
    private int size;
    private int taken;

    /** @param parallel how many lanes are under way at once, at least 1 */
    Lanes(int parallel) {
        this.parallel = parallel;
    }

    synchronized void add(L lane, T item) {
        Queue<T> waiting = lanes.get(lane);
        if (waiting == null) {
            waiting = new ArrayDeque<>();
            lanes.put(lane, waiting);
            ready.add(lane);
        }
        waiting.add(item);
        size++;
    }

    /**
     * Takes what may begin now; empty when nothing may.
     *
     * @param most how many items a lane gives at once
     */
    synchronized List<Turn<L, T>> begin(ToIntFunction<L> most) {
        List<Turn<L, T>> turns = new ArrayList<>();
        while (underWay < parallel && !ready.isEmpty()) {
            L lane = ready.remove();
            Queue<T> waiting = lanes.getOrDefault(lane, new ArrayDeque<>());
            List<T> items = new ArrayList<>();
            for (int left = most.applyAsInt(lane); left > 0 && !waiting.isEmpty(); left--) items.add(waiting.remove());
            underWay++;
            taken += items.size();
            turns.add(new Turn<>(lane, items));
        }
        return turns;
    }

    /** The items of this turn are handled; the lane queues up again when more has come. */
    synchronized void done(Turn<L, T> turn) {
        underWay--;
        size -= turn.items().size();
        taken -= turn.items().size();
        Queue<T> waiting = lanes.get(turn.lane());
        if (waiting == null) return;
        if (waiting.isEmpty()) lanes.remove(turn.lane());
        else ready.add(turn.lane());
    }

    /** How many items wait or are under way. */
    synchronized int size() {
        return size;
    }

    /** Forgets what has not begun. */
    synchronized void clear() {
        // of a lane that is not under way nothing may stay, or it would never be ready again
        for (L lane : ready) lanes.remove(lane);
        ready.clear();
        lanes.values().forEach(Queue::clear);
        size = taken;
    }

    synchronized boolean idle() {
        return underWay == 0;
    }
}
