package ai.chela.memory.embedding;

import ai.chela.memory.config.MemorySettings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the embedder that the configuration names. It loads nothing before somebody asks. */
@Singleton
class EmbedderOfChoice {
    @Produces
    @Singleton
    Embedder embedder(MemorySettings settings, MeterRegistry meters) {
        return switch (settings.embedding()) {
            case IN_PROCESS -> new InProcessEmbedder(Clock.systemUTC(), meters);
            case OFF -> new NoEmbedder();
        };
    }

    void close(@Disposes Embedder embedder) {
        if (embedder instanceof InProcessEmbedder inProcess) inProcess.close();
    }
}
