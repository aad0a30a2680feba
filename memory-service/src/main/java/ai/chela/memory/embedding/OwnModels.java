package ai.chela.memory.embedding;

import ai.chela.memory.config.MemorySettings.EmbeddingFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;

/** Makes embedders that run in this process. A build that has them has one bean of this; nothing else needs to know of them. */
public interface OwnModels {
    /** The models that come with Chela. */
    Embedder comingWithChela(Clock clock, MeterRegistry meters);

    /**
     * A model of the operator's.
     *
     * @param base folder that relative paths start from
     * @param home the service's own folder
     * @throws EmbeddingConfigException naming the key, when it cannot be used
     */
    Embedder inFile(EmbeddingFile settings, Path base, Path home, MeterRegistry meters);
}
