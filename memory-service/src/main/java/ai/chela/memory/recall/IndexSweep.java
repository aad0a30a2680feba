package ai.chela.memory.recall;

import ai.chela.kit.work.Ticker;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.index.MemoryIndex;
import ai.chela.memory.index.Place;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Takes out of the index what was forgotten or superseded elsewhere: by another instance, or by this one just before it was
 * killed. Goes through the scopes that the index holds something of, whether somebody asks there or not. Drops decrypted facts
 * that nobody asks for.
 */
@ApplicationScoped
class IndexSweep {
    /** How long a fact's words and vector may outlive it on an instance that had no part in the forgetting. */
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final MemoryIndex index;
    private final CatchUp catchUp;
    private final OffLoop offLoop;
    private final Embedder embedder;
    private final Ticker sweeping;
    private final Ticker trimming;

    IndexSweep(
            MemoryIndex index,
            CatchUp catchUp,
            PreparedFacts prepared,
            Embedder embedder,
            OffLoop offLoop,
            Vertx vertx) {
        this.index = index;
        this.catchUp = catchUp;
        this.offLoop = offLoop;
        this.embedder = embedder;
        this.sweeping = new Ticker("memory.index.sweep", vertx, EVERY, this::sweep);
        this.trimming = new Ticker("memory.cache.trim", vertx, Duration.ofMinutes(1), () -> {
            prepared.trim();
            return Uni.createFrom().voidItem();
        });
    }

    void start(@Observes StartupEvent event) {
        sweeping.start();
        trimming.start();
    }

    void stop(@Observes ShutdownEvent event) {
        sweeping.stop();
        trimming.stop();
    }

    /** All scopes, one after the other; what they lost is off the disk then. */
    Uni<Void> sweep() {
        return offLoop.arrive(index.places())
                .chain(places -> sweep(places, 0))
                .chain(() -> offLoop.arrive(index.purge()))
                .chain(this::retain);
    }

    /** Of a model that is no longer used, nothing can be compared with: its vectors go. While no model is known, all stay. */
    private Uni<Void> retain() {
        List<Embedder.Model> models = embedder.models();
        return models.isEmpty() ? Uni.createFrom().voidItem() : offLoop.arrive(index.retain(Set.copyOf(models)));
    }

    private Uni<Void> sweep(List<Place> places, int at) {
        if (at == places.size()) return Uni.createFrom().voidItem();
        return catchUp.wholly(places.get(at)).chain(() -> sweep(places, at + 1));
    }
}
