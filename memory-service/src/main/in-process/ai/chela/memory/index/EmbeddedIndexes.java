package ai.chela.memory.index;

import ai.chela.kit.work.Ticker;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.embedding.Embedder;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The index of Lucene's postings and of vectors beside them, see decision 0020. */
@Singleton
class EmbeddedIndexes implements OwnIndexes {
    /** What a crash makes it apply again is at most what was applied in this time. */
    private static final Duration COMMITS = Duration.ofSeconds(5);

    private static final Duration TRIMS = Duration.ofMinutes(1);

    private final String home;
    private final MemorySettings settings;
    private final HistoryAtStart history;
    private final MeterRegistry meters;
    private final Vertx vertx;

    EmbeddedIndexes(
            @ConfigProperty(name = "chela.home") String home,
            MemorySettings settings,
            HistoryAtStart history,
            MeterRegistry meters,
            Vertx vertx) {
        this.home = home;
        this.settings = settings;
        this.history = history;
        this.meters = meters;
        this.vertx = vertx;
    }

    @Override
    public MemoryIndex open(Embedder embedder) {
        OfHistory.enter(Path.of(home), history.history());
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

    private static Uni<Void> uni(CompletionStage<Void> stage) {
        return Uni.createFrom().completionStage(stage);
    }
}
