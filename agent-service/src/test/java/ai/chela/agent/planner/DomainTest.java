package ai.chela.agent.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DomainTest {
    private static final String GOOD = """
            domain: tea
            operators: [host.load]
            tasks:
              brew:
                methods:
                  - name: now
                    forms: {en: ["brew [some] tea"], zh: ["泡茶"]}
                    steps: [{operator: host.load}]
            """;

    @Test
    void a_dropped_in_file_adds_sentences_in_both_languages() {
        Planner planner = withTea(GOOD);
        for (String text : List.of("please brew some tea", "泡茶"))
            assertInstanceOf(Planned.Plan.class, planner.plan(Sentences.request(text, "en", Set.of())), text);
    }

    @Test
    void a_later_file_wins_for_the_same_words() {
        Planner planner = withTea(GOOD.replace("brew [some] tea", "check the disk"));
        Planned.Plan plan =
                assertInstanceOf(Planned.Plan.class, planner.plan(Sentences.request("check the disk", "en", Set.of())));
        assertEquals("host.load", plan.operations().getFirst().name());
    }

    @Test
    void an_unknown_operator_is_named_with_its_line() {
        assertProblem(GOOD.replace("[host.load]", "[host.lod]"), 2, "host.lod");
    }

    @Test
    void an_operator_that_the_file_does_not_list_is_refused() {
        assertProblem(GOOD.replace("operator: host.load", "operator: shell.run"), 8, "shell.run");
    }

    @Test
    void an_unknown_key_is_named_with_what_is_allowed() {
        assertProblem(GOOD.replace("forms:", "froms:"), 7, "froms");
    }

    @Test
    void an_unknown_key_is_named_with_its_own_line_where_its_value_stands_below() {
        assertProblem(GOOD.replace("methods:", "methodes:"), 5, "methodes");
    }

    @Test
    void a_form_with_an_open_bracket_is_refused() {
        assertProblem(GOOD.replace("brew [some]", "brew [some"), 7, "not closed");
    }

    @Test
    void an_unknown_slot_type_is_refused() {
        assertProblem(GOOD.replace("brew [some]", "brew {sorts}"), 7, "sorts");
    }

    @Test
    void broken_yaml_and_doubled_keys_are_refused() {
        assertProblem("domain: [", 1, "not YAML");
        assertProblem(GOOD + "domain: again\n", 9, "twice");
        assertProblem("", 1, "empty");
        assertProblem("a: &a [*a]", 1, "not YAML");
    }

    @Test
    void a_step_that_names_no_task_is_found_across_files() {
        Domain domain = Sentences.good("tea.yaml", GOOD.replace("{operator: host.load}", "{task: host/brew}"));
        assertEquals(1, Domains.problems(List.of(domain)).size());
    }

    @Test
    void a_task_that_uses_itself_without_end_plans_nothing() {
        Planner planner = withTea(GOOD.replace("[{operator: host.load}]", "[{task: brew}, {task: brew}]"));
        assertInstanceOf(Planned.NotUnderstood.class, planner.plan(Sentences.request("brew tea", "en", Set.of())));
    }

    private static Planner withTea(String yaml) {
        List<Domain> domains = new java.util.ArrayList<>(Domains.builtIn());
        domains.add(Sentences.good("tea.yaml", yaml));
        return new Planner(domains);
    }

    private static void assertProblem(String yaml, int line, String part) {
        Domain.Bad bad = assertInstanceOf(Domain.Bad.class, Domain.parse("tea.yaml", yaml));
        Domain.Problem problem = bad.problems().getFirst();
        assertEquals(line, problem.line(), problem::toString);
        assertTrue(problem.toString().contains(part), problem::toString);
    }
}
