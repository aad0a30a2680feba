package ai.chela.kit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.contracts.Topic;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.test.Reflected;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegisteredMessagesTest {
    @Test
    void whatever_a_message_consists_of_is_known_to_a_native_executable() {
        Class<?>[] payloads = Arrays.stream(Topic.values()).map(Topic::payload).toArray(Class<?>[]::new);
        assertEquals(Set.of(), Reflected.missing(Reflected.inJsonOf("ai.chela", payloads), RegisteredMessages.class));
    }

    @Test
    void an_origin_that_is_stored_is_known_too() {
        assertEquals(
                Set.of(), Reflected.missing(Reflected.inJsonOf("ai.chela", Origin.class), RegisteredMessages.class));
    }

    @Test
    void a_record_that_nobody_registers_is_missed() {
        assertEquals(
                Set.of(Forgotten.class),
                Reflected.missing(Reflected.inJsonOf("ai.chela", Forgotten.class), RegisteredMessages.class));
    }

    private record Forgotten(Origin origin) {}
}
