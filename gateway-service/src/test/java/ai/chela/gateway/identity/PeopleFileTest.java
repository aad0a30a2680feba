package ai.chela.gateway.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.kit.file.ConfigProblem;
import ai.chela.kit.file.YamlNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeopleFileTest {
    @Test
    void without_a_file_there_is_the_owner() {
        assertEquals(
                List.of("owner"),
                PeopleFile.read(null).stream().map(PeopleFile.Listed::id).toList());
    }

    @Test
    void a_person_is_read_with_her_addresses() {
        PeopleFile.Listed person = read("""
                people:
                  - {id: li, name: Li Wei, zone: Asia/Shanghai, language: zh-CN, owner: true,
                     chat: {xmpp: [Li@Example.org]}, token: file:li.token}
                """).getFirst();
        assertEquals("zh", person.language());
        assertEquals(List.of("li@example.org"), person.chat().get("xmpp"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nmae: Li | unknown key \"nmae\"; allowed: id, name, zone, language, owner, chat, token",
                "name: Li, zone: Mars/Base | Mars/Base",
                "name: Li, language: fr | allowed: en, zh",
                "name: Li, owner: maybe | allowed: true, false",
                "name: Li, token: secret | never as itself",
                "name: Li, chat: {xmpp: [li]} | name@server",
                "name: Li, chat: {smoke: [li]} | unknown key \"smoke\"",
                "zone: UTC | name is missing"
            })
    void what_is_wrong_is_said_with_file_line_and_what_is_allowed(String fields, String says) {
        String message = refused("people:\n  - {id: anna, name: Anna, owner: true}\n  - {id: li, " + fields + "}\n");
        assertTrue(message.startsWith("people.yaml, line 3:"), message);
        assertTrue(message.contains(says), message);
    }

    @Test
    void an_id_with_a_slash_is_refused() {
        assertTrue(refused("people:\n  - {id: a/b, name: A, owner: true}\n").contains("a-z 0-9"));
    }

    @Test
    void two_people_with_one_id_are_refused() {
        assertTrue(refused("people:\n  - {id: a, name: A, owner: true}\n  - {id: a, name: B}\n")
                .contains("twice"));
    }

    @Test
    void two_people_with_one_address_are_refused() {
        String chat = "chat: {xmpp: [a@b]}";
        assertTrue(refused("people:\n  - {id: a, name: A, owner: true, " + chat + "}\n  - {id: b, name: B, " + chat
                        + "}\n")
                .contains("belongs to a already"));
    }

    @Test
    void people_without_an_owner_are_refused() {
        assertTrue(refused("people:\n  - {id: a, name: A}\n").contains("owner"));
    }

    @Test
    void who_has_no_zone_or_language_has_the_installations() {
        Person person =
                read("people:\n  - {id: a, name: A, owner: true}\n").getFirst().with(new Defaults("Asia/Tokyo", "zh"));
        assertEquals(List.of("Asia/Tokyo", "zh"), List.of(person.zone(), person.language()));
    }

    @Test
    void a_zone_and_a_language_of_her_own_hold() {
        Person person = read("people:\n  - {id: a, name: A, owner: true, zone: UTC, language: en}\n")
                .getFirst()
                .with(new Defaults("Asia/Tokyo", "zh"));
        assertEquals(List.of("UTC", "en"), List.of(person.zone(), person.language()));
    }

    private static List<PeopleFile.Listed> read(String text) {
        return PeopleFile.read(YamlNode.parse("people.yaml", text));
    }

    private static String refused(String text) {
        return String.valueOf(
                assertThrows(ConfigProblem.class, () -> read(text)).getMessage());
    }
}
