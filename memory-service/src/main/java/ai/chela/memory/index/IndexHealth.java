package ai.chela.memory.index;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how the index is. Never a reason not to be ready: without it recall looks at the newest memories one by one. */
@Readiness
@ApplicationScoped
public class IndexHealth implements HealthCheck {
    private final MemoryIndex index;

    public IndexHealth(MemoryIndex index) {
        this.index = index;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("index")
                .up()
                .withData("state", index.state())
                .build();
    }
}
