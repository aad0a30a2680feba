package ai.chela.kit.wire;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** How Kafka is reached: what the configuration says under {@code kafka.}. */
@ApplicationScoped
public class KafkaSettings {
    private final Map<String, Object> settings = new HashMap<>();

    public KafkaSettings(Config config) {
        for (String name : config.getPropertyNames())
            if (name.startsWith("kafka."))
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> settings.put(name.substring("kafka.".length()), value));
    }

    /** A copy, with more. */
    public Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> copy = new HashMap<>(settings);
        copy.putAll(more);
        return copy;
    }
}
