package ai.chela.memory.embedding;

import ai.chela.memory.config.MemorySettings.EmbeddingFile;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;

/** Models that ONNX Runtime computes, see decision 0019. */
@Singleton
class OnnxModels implements OwnModels {
    @Override
    public Embedder comingWithChela(Clock clock, MeterRegistry meters) {
        return new InProcessEmbedder(clock, meters);
    }

    @Override
    public Embedder inFile(EmbeddingFile settings, Path base, Path home, MeterRegistry meters) {
        return new FileEmbedder(settings, base, new Introductions(home), meters);
    }
}
