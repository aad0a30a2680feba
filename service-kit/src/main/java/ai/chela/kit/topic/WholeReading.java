package ai.chela.kit.topic;

import ai.chela.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** All partitions, without a group: broadcasts from the end, newest states from the beginning. */
final class WholeReading implements TopicReader.Reading {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private Map<TopicPartition, Long> ends = Map.of();

    @Override
    public void begin(Consumer<String, byte[]> consumer, List<Topic> topics, TopicReader reader) {
        List<TopicPartition> broadcasts = new ArrayList<>();
        List<TopicPartition> states = new ArrayList<>();
        for (Topic topic : topics) {
            var partitions = consumer.partitionsFor(topic.topicName(), LOOK);
            if (partitions == null || partitions.isEmpty())
                throw new UnknownTopicOrPartitionException("there is no topic " + topic.topicName() + " yet");
            List<TopicPartition> kind = topic.delivery() == Topic.Delivery.LATEST ? states : broadcasts;
            partitions.forEach(info -> kind.add(new TopicPartition(info.topic(), info.partition())));
        }
        List<TopicPartition> all = new ArrayList<>(broadcasts);
        all.addAll(states);
        consumer.assign(all);
        consumer.seekToEnd(broadcasts);
        consumer.seekToBeginning(states);
        // where a broadcast begins is settled now, not at the first poll: what comes after readiness is not missed
        broadcasts.forEach(partition -> consumer.position(partition, LOOK));
        ends = consumer.endOffsets(states, LOOK);
    }

    @Override
    public boolean ready(Consumer<String, byte[]> consumer) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), LOOK) >= end.getValue());
    }

    @Override
    public boolean commits() {
        return false;
    }
}
