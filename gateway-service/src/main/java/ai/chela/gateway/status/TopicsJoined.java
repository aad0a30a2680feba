package ai.chela.gateway.status;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready only once every channel has joined its group: before that, partials and the events of other instances would be
 * missed. Once joined it counts as joined; whether the broker still answers is another check's matter.
 */
@Readiness
@ApplicationScoped
public class TopicsJoined implements AsyncHealthCheck {
    private final KafkaClientService kafka;
    private final Set<String> joined = ConcurrentHashMap.newKeySet();

    public TopicsJoined(KafkaClientService kafka) {
        this.kafka = kafka;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Set<String> missing = new TreeSet<>(kafka.getConsumerChannels());
        missing.removeAll(joined);
        if (missing.isEmpty()) return Uni.createFrom().item(this::response);
        return Uni.join()
                .all(missing.stream().map(this::join).toList())
                .andCollectFailures()
                .map(_ -> response());
    }

    private Uni<Boolean> join(String channel) {
        KafkaConsumer<?, ?> consumer = kafka.getConsumer(channel);
        if (consumer == null) return Uni.createFrom().item(false);
        return consumer.consumerGroupMetadata()
                .map(group -> group.generationId() > 0)
                .ifNoItem()
                .after(Duration.ofSeconds(1))
                .recoverWithItem(false)
                .onFailure()
                .recoverWithItem(false)
                .invoke(done -> {
                    if (done) joined.add(channel);
                });
    }

    private HealthCheckResponse response() {
        Set<String> missing = new TreeSet<>(kafka.getConsumerChannels());
        missing.removeAll(joined);
        var check = HealthCheckResponse.named("chela messaging: topics joined").status(missing.isEmpty());
        if (!missing.isEmpty()) check.withData("waiting", String.join(", ", missing));
        return check.build();
    }
}
