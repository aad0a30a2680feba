package ai.chela.toolrunner.call;

import ai.chela.kit.tenancy.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The calls that this instance holds, from their being taken to their end. Thread-safe. */
final class HeldCalls {
    private final Map<Call.Key, Hold> held = new HashMap<>();
    private boolean closed;

    /** Holds a call, unless this instance stops. @param until see {@link Hold} */
    synchronized Optional<Hold> add(Call call, Lane lane, long until) {
        if (closed) return Optional.empty();
        Hold hold = new Hold(call, lane, until);
        held.put(call.key(), hold);
        return Optional.of(hold);
    }

    synchronized void remove(Hold hold) {
        held.remove(hold.call().key());
        notifyAll();
    }

    synchronized int size() {
        return held.size();
    }

    synchronized int size(Lane lane) {
        return (int) held.values().stream().filter(hold -> hold.lane() == lane).count();
    }

    /** How many of a lane are held for one person. */
    synchronized int size(Lane lane, Origin of) {
        return (int) held.values().stream()
                .filter(hold -> hold.lane() == lane)
                .map(hold -> hold.call().origin())
                .filter(origin -> origin.tenant().equals(of.tenant())
                        && origin.principal().person().equals(of.principal().person()))
                .count();
    }

    synchronized Set<Call.Key> keys() {
        return Set.copyOf(held.keySet());
    }

    /** Of the calls whose renewal was asked for, those in {@code kept} last until then; the others are lost. */
    synchronized void renewed(Set<Call.Key> asked, Set<Call.Key> kept, long until) {
        for (Call.Key key : asked) {
            Hold hold = held.get(key);
            if (hold == null) continue;
            if (kept.contains(key)) hold.renewed(until);
            else hold.lost();
        }
    }

    /** From now on nothing is held and nothing begins. @return what has not begun, which is held no more */
    synchronized List<Call> close() {
        closed = true;
        List<Call> given = new ArrayList<>();
        for (Hold hold : List.copyOf(held.values()))
            if (hold.withdraw()) {
                given.add(hold.call());
                remove(hold);
            }
        return given;
    }

    synchronized void interruptAll() {
        held.values().forEach(Hold::interrupt);
    }

    /** Waits until nothing is held; whether that came in time. */
    synchronized boolean awaitNone(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!held.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) return false;
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
