package ai.chela.kit.topic;

import ai.chela.contracts.Topic;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** As a member of the service's group: each partition is read by one instance. */
final class GroupReading implements TopicReader.Reading {
    private volatile boolean joined;

    @Override
    public void begin(Consumer<String, byte[]> consumer, List<Topic> topics, TopicReader reader) {
        consumer.subscribe(topics.stream().map(Topic::topicName).toList(), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                joined = true;
                reader.assigned(consumer);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                reader.revoked(consumer, partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                reader.lost(partitions);
            }
        });
    }

    @Override
    public boolean ready(Consumer<String, byte[]> consumer) {
        return joined;
    }

    @Override
    public boolean commits() {
        return true;
    }
}
