package ai.chela.memory.embedding;

import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.config.NotBuiltInException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Makes the embedder that the configuration names. */
@Singleton
class EmbedderOfChoice {
    private static final Logger LOG = Logger.getLogger(EmbedderOfChoice.class);

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
    Embedder embedder(MemorySettings settings, MeterRegistry meters, Instance<OwnModels> own) {
        if (own.isUnsatisfied()) LOG.info("event=embedding.built without=\"models that run in the process\"");
        return switch (settings.embedding()) {
            case IN_PROCESS -> built(own, settings).comingWithChela(Clock.systemUTC(), meters);
            case ENDPOINT ->
                new EndpointEmbedder(
                        EndpointSettings.of(settings.embeddingEndpoint(), data),
                        new Introductions(home),
                        Clock.systemUTC(),
                        meters);
            case FILE -> built(own, settings).inFile(settings.embeddingFile(), data, home, meters);
            case OFF -> new NoEmbedder();
        };
    }

    private static OwnModels built(Instance<OwnModels> own, MemorySettings settings) {
        if (own.isResolvable()) return own.get();
        String value = settings.embedding().name().toLowerCase(Locale.ROOT).replace('_', '-');
        throw new NotBuiltInException("embedding", value, "endpoint, off");
    }

    void close(@Disposes Embedder embedder) throws Exception {
        if (embedder instanceof AutoCloseable closeable) closeable.close();
    }
}
