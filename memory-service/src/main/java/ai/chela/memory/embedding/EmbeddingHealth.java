package ai.chela.memory.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says where the models are. Never a reason not to be ready: without them recall goes on by words. */
@Readiness
@ApplicationScoped
public class EmbeddingHealth implements HealthCheck {
    private final Embedder embedder;

    public EmbeddingHealth(Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("embedding")
                .up()
                .withData("models", embedder.state())
                .build();
    }
}
