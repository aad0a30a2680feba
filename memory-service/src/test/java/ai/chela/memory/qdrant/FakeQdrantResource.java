package ai.chela.memory.qdrant;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fake Qdrant for a service under test, which finds it by its {@code memory.yaml}. */
public final class FakeQdrantResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable FakeQdrant server;

    @Override
    public Map<String, String> start() {
        FakeQdrant started = new FakeQdrant();
        server = started;
        try {
            Path config = Files.createTempDirectory("config");
            Files.writeString(config.resolve("memory.yaml"), """
                    embedding: off
                    index: qdrant
                    qdrant:
                      port: %d
                      search-timeout: 20s
                    """.formatted(started.port()));
            return Map.of("chela.config", config.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, field -> field.getType().equals(FakeQdrant.class));
    }

    @Override
    public void stop() {
        if (server != null) server.close();
    }
}
