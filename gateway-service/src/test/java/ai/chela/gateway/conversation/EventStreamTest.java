package ai.chela.gateway.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream over a table that is a list. */
class EventStreamTest {
    private final List<StoredEvent> table = new ArrayList<>();
    private final EventStream stream = new EventStream(0, this::read);

    private Uni<List<StoredEvent>> read(long after) {
        return Uni.createFrom()
                .item(table.stream()
                        .filter(event -> event.number() > after)
                        .limit(EventStream.page())
                        .toList());
    }

    @Test
    void an_event_that_is_told_twice_is_shown_once() {
        AssertSubscriber<Frame> reader = reader();
        StoredEvent event = store();
        stream.stored(event);
        stream.stored(event);
        stream.lookAgain(1);
        assertEquals(List.of(1L), shown(reader));
    }

    @Test
    void an_event_that_is_told_before_the_one_before_it_waits_its_turn() {
        AssertSubscriber<Frame> reader = reader();
        store();
        stream.stored(store());
        assertEquals(List.of(1L, 2L), shown(reader));
    }

    @Test
    void an_event_that_another_instance_stored_is_read() {
        AssertSubscriber<Frame> reader = reader();
        store();
        stream.lookAgain(1);
        assertEquals(List.of(1L), shown(reader));
    }

    @Test
    void nothing_is_read_for_a_number_that_was_shown() {
        AssertSubscriber<Frame> reader = reader();
        stream.stored(store());
        table.clear();
        stream.lookAgain(1);
        assertEquals(List.of(1L), shown(reader));
    }

    @Test
    void a_slow_reader_gets_everything_in_order() {
        AssertSubscriber<Frame> reader = AssertSubscriber.create(1);
        stream.frames().subscribe(reader);
        for (int i = 0; i < 1_000; i++) stream.stored(store());
        reader.request(Long.MAX_VALUE);
        assertEquals(LongStream.rangeClosed(1, 1_000).boxed().toList(), shown(reader));
    }

    @Test
    void a_closed_stream_shows_nothing_more() {
        AssertSubscriber<Frame> reader = reader();
        stream.close();
        stream.stored(store());
        assertFalse(shown(reader).contains(1L));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatever_is_told_late_twice_or_never_every_event_is_shown_once_and_in_order(long seed) {
        Random random = new Random(seed);
        AssertSubscriber<Frame> reader = AssertSubscriber.create(0);
        stream.frames().subscribe(reader);
        for (int i = 0; i < 2_000; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> store();
                case 2 -> stream.stored(any(random));
                case 3 -> stream.lookAgain(any(random).number());
                case 4 -> reader.request(1 + random.nextInt(3));
                default -> stream.heartbeat();
            }
        }
        reader.request(Long.MAX_VALUE);
        stream.lookAgain(table.size());
        assertEquals(LongStream.rangeClosed(1, table.size()).boxed().toList(), shown(reader));
    }

    private StoredEvent any(Random random) {
        return table.isEmpty() ? store() : table.get(random.nextInt(table.size()));
    }

    private StoredEvent store() {
        StoredEvent event =
                new StoredEvent(EventType.REPLY, table.size() + 1, null, "text", null, null, null, Instant.EPOCH);
        table.add(event);
        return event;
    }

    private AssertSubscriber<Frame> reader() {
        AssertSubscriber<Frame> reader = AssertSubscriber.create(Long.MAX_VALUE);
        stream.frames().subscribe(reader);
        return reader;
    }

    private static List<Long> shown(AssertSubscriber<Frame> reader) {
        List<Long> numbers = new ArrayList<>();
        for (Frame frame : reader.getItems()) if (frame instanceof Frame.Stored(var event)) numbers.add(event.number());
        return numbers;
    }
}
