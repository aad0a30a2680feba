package ai.chela.kit.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OffsetsTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final Offsets offsets = new Offsets();

    private @Nullable Long committed() {
        OffsetAndMetadata offset = offsets.toCommit().get(PARTITION);
        return offset == null ? null : offset.offset();
    }

    @Test
    void an_offset_is_not_passed_while_a_record_before_it_is_under_way() {
        offsets.taken(PARTITION, 5);
        offsets.taken(PARTITION, 6);
        offsets.done(PARTITION, 6);
        assertEquals(5, committed());
        offsets.done(PARTITION, 5);
        assertEquals(7, committed());
    }

    @Test
    void what_has_not_moved_is_not_committed_again() {
        offsets.taken(PARTITION, 5);
        offsets.done(PARTITION, 5);
        assertEquals(6, committed());
        assertNull(committed());
    }

    @Test
    void what_could_not_be_committed_is_committed_again() {
        offsets.taken(PARTITION, 5);
        offsets.done(PARTITION, 5);
        committed();
        offsets.notCommitted(List.of(PARTITION));
        assertEquals(6, committed());
    }

    @Test
    void offsets_with_gaps_are_committed_behind_the_last_record() {
        offsets.taken(PARTITION, 5);
        offsets.taken(PARTITION, 9);
        offsets.done(PARTITION, 5);
        offsets.done(PARTITION, 9);
        assertEquals(10, committed());
    }

    @Test
    void a_partition_that_went_to_another_instance_is_not_committed_here() {
        offsets.taken(PARTITION, 5);
        offsets.forget(List.of(PARTITION));
        offsets.done(PARTITION, 5);
        assertNull(committed());
    }
}
