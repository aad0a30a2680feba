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
    void an_address_that_is_none_is_refused() {
        assertTrue(problem("models: [{name: a, base-url: 'ftp://x', model: x}]").contains("base-url"));
    }

    private static String problem(String yaml) {
        return String.valueOf(
                assertThrows(ConfigProblem.class, () -> read(yaml)).getMessage());
    }

    private static ModelSettings read(String yaml) {
        return ModelSettings.read(YamlNode.parse("models.yaml", yaml));
    }
}
