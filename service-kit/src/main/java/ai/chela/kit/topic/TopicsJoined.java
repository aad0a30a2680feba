package ai.chela.kit.topic;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only once every topic is read: before that, broadcasts of other instances would be missed. */
@Readiness
@ApplicationScoped
public class TopicsJoined implements HealthCheck {
    private final TopicReaders readers;

    public TopicsJoined(TopicReaders readers) {
        this.readers = readers;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> waiting = readers.waiting();
        var check = HealthCheckResponse.named("topics joined").status(waiting.isEmpty());
        if (!waiting.isEmpty()) check.withData("waiting", String.join(", ", waiting));
        return check.build();
    }
}
