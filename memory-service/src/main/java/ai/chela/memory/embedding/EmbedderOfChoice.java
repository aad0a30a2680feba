package ai.chela.memory.embedding;

import ai.chela.memory.config.MemorySettings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the embedder that the configuration names. */
@Singleton
class EmbedderOfChoice {
    private final Path home;
    private final Path data;

    EmbedderOfChoice(
            @ConfigProperty(name = "chela.home") String home, @ConfigProperty(name = "chela.config") String config) {
        this.home = Path.of(home);
        Path folder = Path.of(config).toAbsolutePath();
        this.data = folder.getParent() == null ? folder : folder.getParent();
    }

    @Produces
    @Singleton
    Embedder embedder(MemorySettings settings, MeterRegistry meters) {
        return switch (settings.embedding()) {
            case IN_PROCESS -> new InProcessEmbedder(Clock.systemUTC(), meters);
            case ENDPOINT ->
                new EndpointEmbedder(
                        EndpointSettings.of(settings.embeddingEndpoint(), data),
                        new Introductions(home),
                        Clock.systemUTC(),
                        meters);
            case FILE -> new FileEmbedder(settings.embeddingFile(), data, new Introductions(home), meters);
            case OFF -> new NoEmbedder();
        };
    }

    void close(@Disposes Embedder embedder) throws Exception {
        if (embedder instanceof AutoCloseable closeable) closeable.close();
    }
}
