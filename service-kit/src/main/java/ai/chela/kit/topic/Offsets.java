package ai.chela.kit.topic;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition is done. Records finish in any order; what may be committed is the offset of the first that has
 * not finished, so that a crash repeats records and never skips one. Thread-safe.
 */
final class Offsets {
    private static final class Progress {
        private final TreeSet<Long> open = new TreeSet<>();
        private long next;
        private long committed = -1;

        private long reached() {
            return open.isEmpty() ? next : open.first();
        }
    }

    private final Map<TopicPartition, Progress> partitions = new HashMap<>();

    /** A record was read and will be handled. */
    synchronized void taken(TopicPartition partition, long offset) {
        Progress progress = partitions.computeIfAbsent(partition, _ -> new Progress());
        progress.open.add(offset);
        progress.next = offset + 1;
    }

    /** A record was handled; of a partition that is no longer read here nothing is noted. */
    synchronized void done(TopicPartition partition, long offset) {
        Progress progress = partitions.get(partition);
        if (progress != null) progress.open.remove(offset);
    }

    /** What has moved since the last call, and may be committed. */
    synchronized Map<TopicPartition, OffsetAndMetadata> toCommit() {
        Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
        partitions.forEach((partition, progress) -> {
            if (progress.reached() == progress.committed) return;
            progress.committed = progress.reached();
            moved.put(partition, new OffsetAndMetadata(progress.committed));
        });
        return moved;
    }

    /** A commit failed: these are to be committed again. */
    synchronized void notCommitted(Collection<TopicPartition> which) {
        which.forEach(partition -> {
            Progress progress = partitions.get(partition);
            if (progress != null) progress.committed = -1;
        });
    }

    /** These partitions are no longer read here. */
    synchronized void forget(Collection<TopicPartition> which) {
        which.forEach(partitions::remove);
    }

    /** Nothing is read here any more. */
    synchronized void clear() {
        partitions.clear();
    }
}
