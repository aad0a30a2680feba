package ai.chela.launcher.kafka;

import ai.chela.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** Makes the topics of the contracts, and brings the settings of those that are there up to date. */
public final class Topics {
    /** Partitions of a topic whose records belong to conversations. Fixed for as long as the topic lives. */
    static final int PARTITIONS = 8;

    private Topics() {}

    /**
     * Waits for the broker, then makes what is missing.
     *
     * @throws TimeoutException when the broker does not answer within the time
     */
    public static void make(KafkaBroker broker, Duration limit)
            throws InterruptedException, TimeoutException, ExecutionException {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrap());
        properties.put("security.protocol", "SASL_PLAINTEXT");
        properties.put("sasl.mechanism", "PLAIN");
        properties.put("sasl.jaas.config", broker.jaas(KafkaBroker.ADMIN));
        properties.put("reconnect.backoff.ms", "50");
        properties.put("reconnect.backoff.max.ms", "200");
        properties.put("default.api.timeout.ms", (int) limit.toMillis());
        try (Admin admin = Admin.create(properties)) {
            Set<String> there = admin.listTopics().names().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            List<NewTopic> missing = new ArrayList<>();
            Map<ConfigResource, Collection<AlterConfigOp>> present = new HashMap<>();
            for (Topic topic : Topic.values()) {
                if (there.contains(topic.topicName())) present.put(resource(topic), operations(topic));
                else
                    missing.add(new NewTopic(topic.topicName(), partitions(topic), (short) 1).configs(settings(topic)));
            }
            if (!missing.isEmpty()) admin.createTopics(missing).all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!present.isEmpty())
                admin.incrementalAlterConfigs(present).all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Records that every instance reads need no spreading. */
    static int partitions(Topic topic) {
        return switch (topic.delivery()) {
            case ORDERED, UNORDERED, QUESTION -> PARTITIONS;
            case BROADCAST, LATEST -> 1;
        };
    }

    /**
     * A segment in use is never deleted, so a record lives up to one segment longer than {@code retention.ms}: the two
     * together are what the contract promises as the most.
     */
    static Map<String, String> settings(Topic topic) {
        Duration kept = topic.delivery().retention();
        if (kept.isZero())
            return Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.1", "segment.ms", "86400000");
        Duration segment = kept.dividedBy(12);
        return Map.of(
                "cleanup.policy", "delete",
                "segment.ms", Long.toString(segment.toMillis()),
                "retention.ms", Long.toString(kept.minus(segment).toMillis()));
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
    }

    private static Collection<AlterConfigOp> operations(Topic topic) {
        return settings(topic).entrySet().stream()
                .map(it -> new AlterConfigOp(new ConfigEntry(it.getKey(), it.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }
}
