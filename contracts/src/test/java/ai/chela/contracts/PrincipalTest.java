package ai.chela.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {
    @Test
    void every_principal_there_can_be_is_read_back_from_its_header_bytes() {
        List<Principal> principals = principals();

        assertTrue(principals.size() > 200, "too few to mean anything: " + principals.size());
        for (Principal principal : principals)
            assertEquals(principal, Principal.parse(throughBytes(principal.header())));
    }

    @Test
    void a_header_is_read_as_a_principal_that_writes_the_same_header_or_not_at_all() {
        RandomText.texts(3)
                .flatMap(header -> parsed(header).stream().map(read -> List.of(header, read.header())))
                .forEach(pair -> assertEquals(pair.getFirst(), pair.getLast()));
    }

    @Test
    void a_person_cannot_pose_as_another_by_the_mark_of_the_header_in_her_id() {
        assertThrows(IllegalArgumentException.class, () -> new Principal("service:agent", "mallory;for=ana"));
    }

    @Test
    void an_actor_with_the_mark_in_its_name_still_acts_for_the_same_person() {
        Principal principal = new Principal("trigger:x;for=ana", "mallory");

        assertEquals("mallory", Principal.parse(principal.header()).person());
    }

    @Test
    void a_person_acts_for_herself() {
        assertEquals("person:ana;for=ana", Principal.person("ana").header());
    }

    @Test
    void a_service_acts_for_nobody() {
        assertEquals("service:memory;for=-", Principal.service("memory").header());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "person:ana", ";for=ana", "person:ana;for=", "person:ana;for=  ", "  ;for=ana"})
    void what_is_not_a_principal_is_refused(String header) {
        assertThrows(IllegalArgumentException.class, () -> Principal.parse(header));
    }

    private static List<Principal> principals() {
        List<Principal> principals = new ArrayList<>();
        Iterator<String> persons = RandomText.texts(2).iterator();
        RandomText.texts(1).forEach(actor -> {
            try {
                principals.add(new Principal(actor, persons.next()));
            } catch (IllegalArgumentException _) {
                // not a principal, so there is nothing to read back
            }
        });
        return principals;
    }

    private static Optional<Principal> parsed(String header) {
        try {
            return Optional.of(Principal.parse(header));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String throughBytes(String header) {
        return new String(header.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
