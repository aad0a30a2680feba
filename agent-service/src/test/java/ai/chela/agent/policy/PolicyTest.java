package ai.chela.agent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.planner.Operation;
import ai.chela.kit.file.ConfigProblem;
import ai.chela.kit.file.YamlNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @Test
    void what_no_rule_names_is_denied() {
        assertInstanceOf(Decision.Deny.class, Policy.DEFAULT.decide(operation("cluster.delete"), "li"));
    }

    @Test
    void the_first_rule_that_matches_decides() {
        Policy policy = read("""
                rules:
                  - operations: [host.disk]
                    decision: deny
                  - operations: ["host.*"]
                    decision: allow
                """);
        assertInstanceOf(Decision.Deny.class, policy.decide(operation("host.disk"), "li"));
        assertInstanceOf(Decision.Allow.class, policy.decide(operation("host.load"), "li"));
    }

    @Test
    void a_rule_can_be_for_some_people_only() {
        Policy policy = read("""
                rules:
                  - operations: [shell.run]
                    decision: ask
                    people: [ana]
                """);
        assertInstanceOf(Decision.Ask.class, policy.decide(operation("shell.run"), "ana"));
        assertInstanceOf(Decision.Deny.class, policy.decide(operation("shell.run"), "li"));
    }

    @Test
    void a_glob_stands_for_characters_and_for_nothing_else() {
        Policy policy = read("rules: [{operations: ['host.*'], decision: allow}]");
        assertInstanceOf(Decision.Deny.class, policy.decide(operation("hostXdisk"), "li"));
    }

    @Test
    void an_empty_file_means_the_built_in_rules() {
        assertEquals(Policy.DEFAULT, Policy.read(null));
    }

    @Test
    void a_typo_is_refused_with_line_key_and_what_is_allowed() {
        String problem = String.valueOf(
                assertThrows(ConfigProblem.class, () -> read("""
                rules:
                  - operations: [shell.run]
                    decision: alow
                """)).getMessage());
        assertTrue(problem.contains("policy.yaml, line 3"), problem);
        assertTrue(problem.contains("decision"), problem);
        assertTrue(problem.contains("allow, ask, deny"), problem);
    }

    private static Policy read(String yaml) {
        return Policy.read(YamlNode.parse("policy.yaml", yaml));
    }

    private static Operation operation(String name) {
        return new Operation(name, Map.of());
    }
}
