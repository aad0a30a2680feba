package ai.chela.memory.qdrant;

import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.index.HistoryAtStart;
import ai.chela.memory.index.MemoryIndex;
import ai.chela.memory.index.SharedIndexes;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the index in Qdrant, with the settings of {@code chela.memory.qdrant}. */
@Singleton
class QdrantIndexes implements SharedIndexes {
    private final MemorySettings settings;
    private final Embedder embedder;
    private final MeterRegistry meters;
    private final HistoryAtStart history;
    private final Path data;

    QdrantIndexes(
            MemorySettings settings,
            Embedder embedder,
            MeterRegistry meters,
            HistoryAtStart history,
            @ConfigProperty(name = "chela.config") String config) {
        this.meters = meters;
        this.history = history;
        this.settings = settings;
        this.embedder = embedder;
        Path folder = Path.of(config).toAbsolutePath();
        this.data = folder.getParent() == null ? folder : folder.getParent();
    }

    @Override
    public MemoryIndex open() {
        return new QdrantIndex(
                QdrantSettings.of(settings.qdrant(), data), history.history(), embedder, Clock.systemUTC(), meters);
    }
}
