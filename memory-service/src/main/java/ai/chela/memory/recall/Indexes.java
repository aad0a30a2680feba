package ai.chela.memory.recall;

import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.fact.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The indexes that are in memory: bounded by size, the least recently used go first, and the unused after a while. */
@ApplicationScoped
public class Indexes {
    private record Key(String tenant, Scope scope) {}

    private static final class Slot {
        private final ScopeIndex index = new ScopeIndex();
        private long usedMillis;
    }

    private final Map<Key, Slot> slots = new LinkedHashMap<>(64, 0.75f, true);
    private final long mostBytes;
    private final Duration idle;
    private final Clock clock;

    @jakarta.inject.Inject
    public Indexes(MemorySettings settings, MeterRegistry meters) {
        this(settings.cache().asLongValue(), settings.cacheIdle(), Clock.systemUTC());
        meters.gauge("chela.memory.index.bytes", this, Indexes::bytes);
        meters.gauge("chela.memory.index.scopes", this, Indexes::size);
    }

    Indexes(long mostBytes, Duration idle, Clock clock) {
        this.mostBytes = mostBytes;
        this.idle = idle;
        this.clock = clock;
    }

    /** The index of a scope, empty when it was not in memory. Keep the object while bringing it up to date. */
    public synchronized ScopeIndex of(String tenant, Scope scope) {
        Slot slot = slots.computeIfAbsent(new Key(tenant, scope), _ -> new Slot());
        slot.usedMillis = clock.millis();
        return slot.index;
    }

    /** Drops what is too much or was not used for a while; the most recently used stays in any case. */
    public synchronized void trim() {
        long unusedSince = clock.millis() - idle.toMillis();
        slots.values().removeIf(slot -> slot.usedMillis < unusedSince);
        long bytes = bytes();
        for (Iterator<Slot> eldest = slots.values().iterator(); bytes > mostBytes && slots.size() > 1; ) {
            bytes -= eldest.next().index.bytes();
            eldest.remove();
        }
    }

    synchronized long bytes() {
        return slots.values().stream().mapToLong(slot -> slot.index.bytes()).sum();
    }

    synchronized int size() {
        return slots.size();
    }
}
