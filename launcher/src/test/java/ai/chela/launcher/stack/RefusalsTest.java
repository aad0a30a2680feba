package ai.chela.launcher.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.launcher.data.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final String WRONG =
            "config.refused file=policy.yaml problem=\"policy.yaml, line 3: decision is \"maybe\"; allowed: allow, ask, deny\"";

    private static List<String> of(String... messages) {
        return Refusals.of(Stream.of(messages)
                .map(it -> Json.MAPPER.createObjectNode().put("message", it).toString()));
    }

    @Test
    void a_refused_file_is_told_with_its_line_and_what_is_allowed() {
        assertEquals(List.of("policy.yaml, line 3: decision is \"maybe\"; allowed: allow, ask, deny"), of(WRONG));
    }

    @Test
    void a_file_that_was_mended_is_not_told() {
        assertEquals(List.of(), of(WRONG, "config.loaded file=policy.yaml"));
    }

    @Test
    void a_file_stays_wrong_when_another_is_loaded() {
        assertEquals(
                1,
                of(WRONG, "config.loaded file=models.yaml", "config.loaded domains=1")
                        .size());
    }

    @Test
    void a_domain_is_wrong_until_the_domains_are_loaded_without_it() {
        String domain = "config.refused problem=\"standup.yaml, line 7: no such task\"";
        assertEquals(List.of("standup.yaml, line 7: no such task"), of(domain, "config.loaded domains=0"));
        assertEquals(List.of(), of(domain, "config.loaded domains=0", "config.loaded domains=1"));
    }

    @Test
    void lines_that_no_service_wrote_say_nothing() {
        assertEquals(List.of(), Refusals.of(Stream.of("config.refused file=a problem=\"b\"", "{}", "")));
    }
}
