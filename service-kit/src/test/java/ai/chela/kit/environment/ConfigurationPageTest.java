package ai.chela.kit.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Makes {@code docs/reference/configuration.md}, and holds it to the code. With {@code -Dchela.docs.write} it is written. */
class ConfigurationPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/reference/configuration.md");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(CHELA_[A-Z_]+):?((?:\\$\\{[^}]*}|[^}])*)}");
    private static final Pattern FIELDS = Pattern.compile("\\.fields\\(\\s*(\"[^)]*)\\)");
    private static final List<String> MAPPINGS = List.of(
            "gateway-service/src/main/java/ai/chela/gateway/config/GatewayConfig.java",
            "scheduler-service/src/main/java/ai/chela/scheduler/config/SchedulerConfig.java",
            "memory-service/src/main/java/ai/chela/memory/config/MemorySettings.java",
            "tool-runner/src/main/java/ai/chela/toolrunner/config/ToolRunnerConfig.java");

    @Test
    void the_page_is_what_the_code_says() throws IOException {
        String page = ConfigurationPage.of(typed(), files(), templates());
        if (System.getProperty("chela.docs.write") != null) Files.writeString(PAGE, page);
        assertEquals(
                page,
                Files.exists(PAGE) ? Files.readString(PAGE) : "",
                "docs/reference/configuration.md is not current: run this test with -Dchela.docs.write");
    }

    @Test
    void the_list_names_the_variables_and_defaults_that_the_properties_use() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        for (EnvironmentKey key : EnvironmentKey.values())
            // the master key has no expression: its raw value is read, which SmallRye finds by the variable's name
            if (key != EnvironmentKey.MASTER_KEY)
                listed.put(
                        key.variable(),
                        key == EnvironmentKey.INSTANCE ? "${chela.service}-1" : String.valueOf(key.standard()));
        assertEquals(listed, used());
    }

    @Test
    void the_launcher_sets_no_variable_that_is_not_listed() throws IOException {
        String launch = source("launcher/src/main/java/ai/chela/launcher/stack/ServiceLaunch.java");
        List<String> listed =
                Stream.of(EnvironmentKey.values()).map(EnvironmentKey::variable).toList();
        List<String> set = Pattern.compile("put\\(\"(CHELA_[A-Z_]+)\"")
                .matcher(launch)
                .results()
                .map(it -> it.group(1))
                .toList();
        assertFalse(set.isEmpty());
        assertEquals(List.of(), set.stream().filter(it -> !listed.contains(it)).toList());
    }

    @Test
    void the_page_knows_every_typed_configuration() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path sources : modules.map(it -> it.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList())
                try (Stream<Path> all = Files.walk(sources)) {
                    for (Path file :
                            all.filter(it -> it.toString().endsWith(".java")).toList())
                        if (Files.readString(file).contains("@ConfigMapping"))
                            found.add(ROOT.relativize(file).toString());
                }
        }
        assertEquals(new TreeSet<>(MAPPINGS), new TreeSet<>(found));
    }

    @Test
    void every_typed_key_has_a_sentence() throws IOException {
        for (List<TypedKeys.Key> keys : typed().values())
            for (TypedKeys.Key key : keys) assertFalse(key.sentence().isBlank(), key.name());
    }

    @Test
    void every_variable_has_a_sentence() {
        for (EnvironmentKey key : EnvironmentKey.values())
            assertTrue(key.sentence().strip().endsWith("."), key.variable());
    }

    @Test
    void the_page_names_the_keys_that_the_readers_of_the_files_take() throws IOException {
        for (ConfigurationPage.YamlFile file : files()) {
            List<List<String>> taken = FIELDS.matcher(source(file.reader()))
                    .results()
                    .map(ConfigurationPageTest::literals)
                    .sorted(java.util.Comparator.comparing(List::toString))
                    .toList();
            List<List<String>> told = file.lists().stream()
                    .map(list -> List.copyOf(list.keys().keySet()))
                    .sorted(java.util.Comparator.comparing(List::toString))
                    .toList();
            assertEquals(taken, told, file.name());
        }
    }

    private static List<String> literals(MatchResult call) {
        return Pattern.compile("\"([^\"]+)\"")
                .matcher(call.group(1))
                .results()
                .map(it -> it.group(1))
                .toList();
    }

    private static Map<String, String> used() throws IOException {
        Map<String, String> used = new TreeMap<>();
        List<String> properties = new ArrayList<>();
        properties.add("service-kit/src/main/resources/META-INF/microprofile-config.properties");
        for (String service :
                List.of("gateway-service", "scheduler-service", "agent-service", "memory-service", "tool-runner"))
            properties.add(service + "/src/main/resources/application.properties");
        for (String file : properties)
            EXPRESSION.matcher(source(file)).results().forEach(it -> used.put(it.group(1), it.group(2)));
        return used;
    }

    private static Map<String, List<TypedKeys.Key>> typed() throws IOException {
        Map<String, List<TypedKeys.Key>> typed = new java.util.LinkedHashMap<>();
        for (String mapping : MAPPINGS)
            typed.put(mapping.substring(0, mapping.indexOf('/')), TypedKeys.of(ROOT.resolve(mapping)));
        return typed;
    }

    private static List<ConfigurationPage.YamlFile> files() throws IOException {
        List<Map<String, Object>> read =
                new Yaml().load(Files.readString(Path.of("src/test/resources/docs/configuration.yaml")));
        return read.stream().map(ConfigurationPage.YamlFile::of).toList();
    }

    private static Map<String, String> templates() throws IOException {
        Map<String, String> templates = new TreeMap<>();
        try (Stream<Path> all = Files.list(ROOT.resolve("launcher/src/main/resources/config"))) {
            for (Path file : all.filter(it -> it.toString().endsWith(".yaml")).toList())
                templates.put(
                        String.valueOf(file.getFileName()),
                        Files.readString(file).strip());
        }
        return templates;
    }

    private static String source(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }
}
