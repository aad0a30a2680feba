package ai.chela.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.planner.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainFolderTest {
    private static final String LUNCH = """
            domain: lunch
            about: {en: "Lunch", zh: "午饭"}
            operators: [host.load]
            tasks:
              lunch:
                methods:
                  - name: table
                    forms: {en: ["book the lunch table"], zh: ["订午饭的桌子"]}
                    steps: [{operator: host.load}]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // made by JUnit
    Path folder;

    @Test
    void a_file_is_read_when_it_appears() throws IOException {
        DomainFolder domains = new DomainFolder(folder);
        write(LUNCH);
        assertTrue(domains.refresh());
        assertEquals(List.of("lunch"), names(domains));
        assertEquals(List.of(), domains.problems());
    }

    @Test
    void a_file_that_is_edited_wrongly_is_named_and_what_it_said_before_stays() throws IOException {
        write(LUNCH);
        DomainFolder domains = new DomainFolder(folder);
        write(LUNCH.replace("steps", "stepzz"));
        domains.refresh();
        assertEquals(List.of("lunch"), names(domains));
        assertTrue(
                domains.problems().getFirst().contains("lunch.yaml:9"),
                domains.problems().toString());
        write(LUNCH.replace("stepzz", "steps"));
        domains.refresh();
        assertEquals(List.of(), domains.problems());
    }

    @Test
    void a_file_that_was_never_right_is_left_out() throws IOException {
        write("domain: [");
        assertEquals(List.of(), names(new DomainFolder(folder)));
    }

    @Test
    void a_file_that_is_removed_is_forgotten_also_when_it_was_wrong() throws IOException {
        write(LUNCH);
        DomainFolder domains = new DomainFolder(folder);
        write(LUNCH.replace("steps", "stepzz"));
        domains.refresh();
        Files.delete(folder.resolve("lunch.yaml"));
        domains.refresh();
        assertEquals(List.of(), names(domains));
        assertEquals(List.of(), domains.problems());
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("lunch.yaml"), text);
    }

    private static List<String> names(DomainFolder domains) {
        return domains.value().stream().map(Domain::name).toList();
    }
}
