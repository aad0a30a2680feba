package ai.chela.memory.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void an_instance_alone_wraps_with_its_first_key() {
        assertEquals("new", Agreement.wrapping(List.of("new", "old"), List.of()));
    }

    @Test
    void a_new_key_wraps_nothing_while_an_instance_does_not_have_it() {
        assertEquals("old", Agreement.wrapping(List.of("new", "old"), List.of(List.of("old"))));
    }

    @Test
    void a_new_key_wraps_as_soon_as_every_instance_has_it_in_whatever_place() {
        assertEquals("new", Agreement.wrapping(List.of("new", "old"), List.of(List.of("new"), List.of("old", "new"))));
    }

    @Test
    void without_a_common_key_an_instance_stays_with_its_first() {
        assertEquals("new", Agreement.wrapping(List.of("new"), List.of(List.of("old"))));
    }
}
