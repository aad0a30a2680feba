package ai.chela.launcher.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.language.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class ConfigurationTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private DataFolder data;

    @BeforeEach
    void make() throws IOException {
        data = new DataFolder(folder.resolve("data"));
        data.prepare();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        Templates.make(new Surroundings(folder, Map.of(), nowhere, nowhere, Language.EN), data);
    }

    @Test
    void every_first_file_is_yaml_and_its_owners_alone() throws IOException {
        for (String name : Templates.FILES) {
            Path file = data.config().resolve(name);
            Map<String, Object> root = new Yaml().load(Files.readString(file));
            assertFalse(root.isEmpty(), name);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void the_first_file_of_people_names_one_owner() throws IOException {
        assertEquals(1, PeopleFile.ids(data).size());
        assertTrue(Files.readString(data.config().resolve("people.yaml")).contains("owner: true"));
    }

    @Test
    void a_person_is_added_without_touching_what_was_there() throws IOException {
        Path file = data.config().resolve("people.yaml");
        String before = Files.readString(file);
        PeopleFile.add(data, new PeopleFile.Newcomer("lin", "Lin \"L\" 王", "Asia/Shanghai", "zh", "lin@example.org"));
        assertTrue(Files.readString(file).startsWith(before));
        assertEquals("lin", PeopleFile.ids(data).getLast());
    }

    @Test
    void a_person_is_not_added_where_the_list_is_not_at_the_end() throws IOException {
        Path file = data.config().resolve("people.yaml");
        String text = "people: [{id: a, name: A}]\n";
        Files.writeString(file, text);
        assertThrows(
                IOException.class,
                () -> PeopleFile.add(data, new PeopleFile.Newcomer("lin", "Lin", "UTC", "en", null)));
        assertEquals(text, Files.readString(file));
    }

    @Test
    void an_id_is_made_of_a_name() {
        assertEquals("ada-lovelace", PeopleFile.idOf("Ada Lovelace"));
        assertEquals("owner", PeopleFile.idOf("王"));
    }

    @Test
    void a_model_named_in_the_environment_holds_tomorrow() throws IOException {
        Map<String, String> environment = Map.of(
                "CHELA_MODEL_BASE_URL", "http://127.0.0.1:11434/v1",
                "CHELA_MODEL_NAME", "qwen3:8b",
                "CHELA_MODEL_API_KEY", "s3cret");
        ModelsFile.Named named = ModelsFile.named(environment).orElseThrow();
        assertTrue(ModelsFile.take(data, named));
        String text = Files.readString(data.config().resolve("models.yaml"));
        assertEquals(Optional.of("qwen3-8b"), ModelsFile.inForce(data));
        assertFalse(text.contains("s3cret"), "the key lies in a file of its own");
        assertEquals("s3cret\n", Files.readString(data.keys().resolve("model-qwen3-8b.key")));
        assertFalse(ModelsFile.take(data, named), "the same again changes nothing");
    }

    @Test
    void a_second_model_leaves_the_first_in_its_place() throws IOException {
        ModelsFile.take(data, new ModelsFile.Named("a", "http://a/v1", "a", ""));
        ModelsFile.take(data, new ModelsFile.Named("b", "http://b/v1", "b", ""));
        Map<String, Object> root =
                new Yaml().load(Files.readString(data.config().resolve("models.yaml")));
        assertEquals("b", root.get("default"));
        assertInstanceOf(List.class, root.get("models"));
        assertTrue(String.valueOf(root.get("models")).matches(".*name=a,.*name=b,.*"));
    }

    @Test
    void half_a_model_in_the_environment_is_refused() {
        IOException problem =
                assertThrows(IOException.class, () -> ModelsFile.named(Map.of("CHELA_MODEL_NAME", "qwen3:8b")));
        assertTrue(Problem.reason(problem).contains("CHELA_MODEL_BASE_URL"));
    }
}
