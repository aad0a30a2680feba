package ai.chela.memory.index;

import ai.chela.kit.work.Ticker;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.embedding.Embedder;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the index that the configuration names. It opens nothing before somebody asks. */
@Singleton
class IndexOfChoice {
    /** What a crash makes it apply again is at most what was applied in this time. */
    private static final Duration COMMITS = Duration.ofSeconds(5);

    private static final Duration TRIMS = Duration.ofMinutes(1);

    private final Vertx vertx;

    IndexOfChoice(Vertx vertx) {
        this.vertx = vertx;
    }

    @Produces
    @Singleton
    MemoryIndex index(
            @ConfigProperty(name = "chela.home") String home,
            Embedder embedder,
            MemorySettings settings,
            MeterRegistry meters,
            Instance<SharedIndexes> shared) {
        return switch (settings.index()) {
            case EMBEDDED -> embedded(home, embedder, settings, meters);
            case QDRANT -> shared.get().open();
        };
    }

    private MemoryIndex embedded(String home, Embedder embedder, MemorySettings settings, MeterRegistry meters) {
        EmbeddedIndex index = new EmbeddedIndex(Path.of(home), embedder, this::blocking, Clock.systemUTC());
        meters.gauge("chela.memory.vectors", index, EmbeddedIndex::vectors);
        Duration idle = settings.cacheIdle();
        new Ticker("memory.index.commit", vertx, COMMITS, () -> uni(index.commit())).start();
        new Ticker("memory.index.trim", vertx, TRIMS, () -> uni(index.trim(idle))).start();
        return index;
    }

    private void blocking(Runnable work) {
        vertx.executeBlocking(
                        () -> {
                            work.run();
                            return true;
                        },
                        false)
                .onFailure(failure -> {
                    throw new IllegalStateException("work of the index reports its failures itself", failure);
                });
    }

    private static Uni<Void> uni(java.util.concurrent.CompletionStage<Void> stage) {
        return Uni.createFrom().completionStage(stage);
    }

    void close(@Disposes MemoryIndex index) throws Exception {
        if (index instanceof AutoCloseable closeable) closeable.close();
    }
}
