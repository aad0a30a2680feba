package ai.chela.memory.recall;

import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.index.Place;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts that were asked for lately, decrypted, so that they need not be read again. It follows each scope's change numbers: what
 * it holds of a scope is as of one number, and is used only where everything up to that number has been looked at. Bounded by
 * size, the least recently used scopes go first, and the unused after a while. Thread-safe.
 */
@ApplicationScoped
public class PreparedFacts {
    private static final class Slot {
        private final Map<String, Prepared> facts = new HashMap<>();
        private long change;
        private long bytes;
        private long usedMillis;

        Slot(long change) {
            this.change = change;
        }

        void remove(String id) {
            Prepared removed = facts.remove(id);
            if (removed != null) bytes -= removed.bytes();
        }

        void put(Prepared prepared) {
            remove(prepared.fact().id());
            facts.put(prepared.fact().id(), prepared);
            bytes += prepared.bytes();
        }
    }

    private final Map<Place, Slot> slots = new LinkedHashMap<>(64, 0.75f, true);
    private final long mostBytes;
    private final Duration idle;
    private final Clock clock;

    /** As the operator set it. */
    @Inject
    public PreparedFacts(MemorySettings settings, MeterRegistry meters) {
        this(settings.cache().asLongValue(), settings.cacheIdle(), Clock.systemUTC());
        meters.gauge("chela.memory.cache.bytes", this, PreparedFacts::bytes);
        meters.gauge("chela.memory.cache.scopes", this, PreparedFacts::size);
    }

    PreparedFacts(long mostBytes, Duration idle, Clock clock) {
        this.mostBytes = mostBytes;
        this.idle = idle;
        this.clock = clock;
    }

    /** The number that it is at, or {@code otherwise} where it holds nothing of the scope. */
    synchronized long change(Place place, long otherwise) {
        Slot slot = slots.get(place);
        return slot == null ? otherwise : slot.change;
    }

    /**
     * Follows changes, which begin right behind the number that it is at or before.
     *
     * @param put what is now current among them
     */
    synchronized void follow(Place place, List<Change> changes, Map<String, Prepared> put, long head) {
        Slot slot = slots.computeIfAbsent(place, _ -> new Slot(head));
        slot.usedMillis = clock.millis();
        for (Change change : changes)
            switch (change) {
                case Change.Current(long number, var fact) -> {
                    Prepared prepared = put.get(fact.id());
                    if (number > slot.change && prepared != null && slot.facts.containsKey(fact.id()))
                        slot.put(prepared);
                }
                case Change.Gone(long _, String id) -> slot.remove(id);
            }
        slot.change = Math.max(slot.change, head);
    }

    /** Those that are there, as of that number; none where it has gone on or is not there yet. */
    synchronized Map<String, Prepared> get(Place place, long change, Collection<String> ids) {
        Slot slot = slots.get(place);
        if (slot == null || slot.change != change) return Map.of();
        slot.usedMillis = clock.millis();
        Map<String, Prepared> found = new HashMap<>();
        for (String id : ids) {
            Prepared prepared = slot.facts.get(id);
            if (prepared != null) found.put(id, prepared);
        }
        return found;
    }

    /** Keeps what was read when the scope was at that number or later, unless it has gone on here meanwhile. */
    synchronized void put(Place place, long change, Collection<Prepared> read) {
        Slot slot = slots.get(place);
        if (slot == null || slot.change != change) return;
        for (Prepared prepared : read) slot.put(prepared);
    }

    /** At once, before anybody asks. */
    synchronized void forget(Place place, Collection<String> ids) {
        Slot slot = slots.get(place);
        if (slot != null) ids.forEach(slot::remove);
    }

    synchronized void drop(Place place) {
        slots.remove(place);
    }

    /** Drops what is too much or was not used for a while. */
    synchronized void trim() {
        long unusedSince = clock.millis() - idle.toMillis();
        slots.values().removeIf(slot -> slot.usedMillis < unusedSince);
        long bytes = bytes();
        for (Iterator<Slot> eldest = slots.values().iterator(); bytes > mostBytes && eldest.hasNext(); ) {
            bytes -= eldest.next().bytes;
            eldest.remove();
        }
    }

    synchronized long bytes() {
        return slots.values().stream().mapToLong(slot -> slot.bytes).sum();
    }

    synchronized int size() {
        return slots.size();
    }
}
