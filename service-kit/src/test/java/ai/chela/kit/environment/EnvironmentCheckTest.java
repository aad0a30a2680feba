package ai.chela.kit.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentCheckTest {
    @Test
    void an_empty_environment_is_right() {
        assertEquals(List.of(), EnvironmentCheck.problems(Map.of()));
    }

    @Test
    void an_empty_value_counts_as_not_set() {
        assertEquals(List.of(), EnvironmentCheck.problems(Map.of("CHELA_DB_PORT", "", "CHELA_OTLP_ENDPOINT", "")));
    }

    @Test
    void what_a_launcher_sets_is_right(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "secret");
        assertEquals(
                List.of(),
                EnvironmentCheck.problems(Map.ofEntries(
                        Map.entry("CHELA_INSTANCE", "tool-runner-1"),
                        Map.entry("CHELA_TENANT", "local"),
                        Map.entry("CHELA_CONFIG", folder.toString()),
                        Map.entry("CHELA_HOME", folder.toString()),
                        Map.entry("CHELA_MANAGEMENT_HOST", "127.0.0.1"),
                        Map.entry("CHELA_MANAGEMENT_PORT", "8704"),
                        Map.entry("CHELA_KAFKA_BOOTSTRAP", "127.0.0.1:8701"),
                        Map.entry("CHELA_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT"),
                        Map.entry("CHELA_KAFKA_SASL_MECHANISM", "PLAIN"),
                        Map.entry("CHELA_KAFKA_JAAS", "x.PlainLoginModule required username=\"a\" password=\"b\";"),
                        Map.entry("CHELA_DB_HOST", "db.example.org"),
                        Map.entry("CHELA_DB_PORT", "5432"),
                        Map.entry("CHELA_DB_NAME", "chela"),
                        Map.entry("CHELA_TOKEN_FILE", token.toString()),
                        Map.entry("CHELA_OWN_ADDRESSES", "127.0.0.1:8700, [::1]:8701,kafka.local:9092"),
                        Map.entry("CHELA_MASTER_KEY", "file:" + folder.resolve("master")))));
    }

    @Test
    void a_wrong_value_is_named_with_what_is_allowed() {
        assertEquals(
                List.of("CHELA_DB_PORT is \"54x2\"; allowed: a whole number from 1 to 65535"),
                EnvironmentCheck.problems(Map.of("CHELA_DB_PORT", "54x2")));
    }

    @Test
    void all_wrong_values_are_named_at_once() {
        assertEquals(
                2,
                EnvironmentCheck.problems(Map.of("CHELA_DB_PORT", "0", "CHELA_CONFIG", "/there/is/none"))
                        .size());
    }

    @Test
    void a_login_to_kafka_needs_its_module() {
        assertEquals(
                List.of("CHELA_KAFKA_JAAS is not set, but CHELA_KAFKA_SECURITY_PROTOCOL asks for a login; "
                        + "allowed: one line that names a login module and ends with ;"),
                EnvironmentCheck.problems(Map.of("CHELA_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")));
    }

    @Test
    void a_secret_is_never_shown() {
        for (EnvironmentKey key : EnvironmentKey.values())
            if (key.secret())
                assertFalse(
                        EnvironmentCheck.problems(Map.of(key.variable(), "hunter2\nhunter2"))
                                .toString()
                                .contains("hunter2"),
                        key.variable());
    }

    @Test
    void whatever_may_be_a_secret_is_marked_as_one() {
        for (EnvironmentKey key : EnvironmentKey.values())
            if (key.name().matches(".*(PASSWORD|JAAS|KEY).*")) assertEquals(true, key.secret(), key.variable());
    }

    @Test
    void a_long_value_with_line_breaks_is_shown_as_one_short_line() {
        String problem = EnvironmentCheck.problems(Map.of("CHELA_DB_HOST", "a\nb".repeat(500)))
                .getFirst();
        assertEquals(1, problem.lines().count());
        assertEquals(true, problem.length() < 200, problem);
    }

    @Test
    void the_failure_is_one_line() {
        assertEquals(
                "The environment is wrong: one. two.", new EnvironmentException(List.of("one", "two")).getMessage());
    }

    @Test
    void the_check_is_found_before_the_configuration_is_made() {
        assertEquals(
                true,
                ServiceLoader.load(io.smallrye.config.SmallRyeConfigBuilderCustomizer.class).stream()
                        .anyMatch(it -> it.type() == EnvironmentCheck.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INSTANCE                | gateway 1
            INSTANCE                | a/b
            TENANT                  | a,b
            MANAGEMENT_HOST         | http://127.0.0.1
            MANAGEMENT_PORT         | 65536
            MANAGEMENT_PORT         | -1
            KAFKA_BOOTSTRAP         | 127.0.0.1
            KAFKA_BOOTSTRAP         | 127.0.0.1:9092,
            KAFKA_BOOTSTRAP         | :9092
            KAFKA_SECURITY_PROTOCOL | sasl_plaintext
            KAFKA_SASL_MECHANISM    | SCRAM
            DB_NAME                 | a b
            DB_NAME                 | chela?user=x
            OTLP_ENDPOINT           | collector:4317
            OTLP_ENDPOINT           | ftp://collector
            TRACE_LOG               | yes
            TOKEN_FILE              | /there/is/none
            HOME                    | /there/is/none
            OWN_ADDRESSES           | 127.0.0.1:port
            MASTER_KEY              | c2VjcmV0
            """)
    void what_does_not_fit_is_refused(EnvironmentKey key, String value) {
        assertEquals(1, EnvironmentCheck.problems(Map.of(key.variable(), value)).size());
    }
}
