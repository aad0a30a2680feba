package ai.chela.agent.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.kit.file.ConfigProblem;
import ai.chela.kit.file.YamlNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModelSettingsTest {
    @Test
    void a_file_without_models_has_none() {
        assertNull(read("models: []").chosen());
        assertNull(ModelSettings.read(null).chosen());
    }

    @Test
    void the_first_model_answers_unless_another_is_the_default() {
        String two = """
                models:
                  - {name: a, base-url: "http://localhost:1/v1", model: x}
                  - {name: b, base-url: "http://localhost:2/v1", model: y, timeout: 5s}
                """;
        assertEquals("a", String.valueOf(read(two).defaultName()));
        ModelSettings.Model chosen = read("default: b\n" + two).models().get("b");
        assertEquals(Duration.ofSeconds(5), chosen == null ? null : chosen.timeout());
    }

    @Test
    void a_secret_written_as_itself_is_refused_without_being_repeated() {
        String problem = problem("""
                models:
                  - {name: a, base-url: "http://localhost:1/v1", model: x, api-key: sk-12345}
                """);
        assertTrue(problem.contains("line 2"), problem);
        assertTrue(!problem.contains("sk-12345"), problem);
    }

    @Test
    void a_default_that_is_no_model_is_refused_with_the_names_there_are() {
        assertTrue(problem("""
                default: c
                models:
                  - {name: a, base-url: "http://localhost:1/v1", model: x}
                """).contains("allowed: a"));
    }

    @Test
    void certificates_of_a_company_are_named_by_their_file() {
        ModelSettings.Model model =
                read("models: [{name: a, base-url: 'https://x/v1', model: x, ca-file: keys/ca.pem}]")
                        .chosen();
        assertEquals("keys/ca.pem", model == null ? null : model.caFile());
        assertTrue(problem("models: [{name: a, base-url: 'https://x/v1', model: x, ca-file: ' '}]")
                .contains("ca-file"));
    }

    @Test
    void an_address_that_is_none_is_refused() {
        assertTrue(problem("models: [{name: a, base-url: 'ftp://x', model: x}]").contains("base-url"));
    }

    @Test
    void the_model_that_answers_looks_for_what_is_worth_remembering_unless_another_is_named() {
        String two = """
                models:
                  - {name: a, base-url: "http://localhost:1/v1", model: x}
                  - {name: b, base-url: "http://localhost:2/v1", model: y}
                """;
        assertEquals("a", learning(two));
        assertEquals("b", learning("learning: {model: b}\n" + two));
        assertEquals("none", learning("learning: {a-day: 0}\n" + two));
        assertEquals("none", learning("models: []"));
        assertTrue(problem("learning: {model: c}\n" + two).contains("allowed: a, b"));
        assertTrue(problem("learning: {a-day: 1000000}\n" + two).contains("10000"));
    }

    private static String learning(String yaml) {
        ModelSettings.Model model = read(yaml).forLearning();
        return model == null ? "none" : model.name();
    }

    private static String problem(String yaml) {
        return String.valueOf(
                assertThrows(ConfigProblem.class, () -> read(yaml)).getMessage());
    }

    private static ModelSettings read(String yaml) {
        return ModelSettings.read(YamlNode.parse("models.yaml", yaml));
    }
}
