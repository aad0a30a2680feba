package ai.chela.launcher.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.chela.launcher.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static EventReader reader(String stream) {
        return new EventReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void comments_are_passed_over_and_an_event_is_read() throws Exception {
        try (EventReader reader = reader(
                ": alive\n\nid: 3\nevent: reply\ndata: {\"number\":3,\"inReplyTo\":\"m\",\"text\":\"yes\\nno\"}\n\n")) {
            Event event = assertNotNullEvent(reader.next());
            assertEquals(Event.Type.REPLY, event.type());
            assertEquals("yes\nno", event.text());
            assertEquals(3L, event.number());
            assertNull(reader.next());
        }
    }

    @Test
    void an_event_cut_in_the_middle_is_none() throws Exception {
        try (EventReader reader = reader("event: reply\ndata: {\"number\":3")) {
            assertNull(reader.next());
        }
    }

    @Test
    void a_kind_of_event_that_is_new_does_no_harm() throws Exception {
        try (EventReader reader = reader("event: gesture\ndata: {\"text\":\"hi\"}\n\n")) {
            assertEquals(Event.Type.OTHER, assertNotNullEvent(reader.next()).type());
        }
    }

    @Test
    void a_reply_that_names_an_approval_awaits_it() {
        Event event = new Event(1L, Event.Type.REPLY, "m", "may I?", null, "a1", false);
        assertInstanceOf(Answer.AwaitsApproval.class, Answer.of(event));
    }

    @Test
    void lengths_of_time_are_read_with_their_unit() {
        assertEquals(Duration.ofSeconds(60), Lengths.of("60s"));
        assertEquals(Duration.ofMillis(500), Lengths.of("500ms"));
        assertEquals(Duration.ofSeconds(5), Lengths.of("5"));
        assertThrows(Problem.class, () -> Lengths.of("soon"));
        assertThrows(Problem.class, () -> Lengths.of("0s"));
    }

    private static Event assertNotNullEvent(@org.jspecify.annotations.Nullable Event event) {
        assertNotNull(event);
        if (event == null) throw new AssertionError();
        return event;
    }
}
