package ai.chela.agent.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.OpenApproval;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalPhrasesTest {
    private static final OpenApproval LS =
            new OpenApproval("k7m2p", new Operation("shell.run", Map.of("command", "ls -la")), "li/main");
    private static final OpenApproval WATCH =
            new OpenApproval("abcde", new Operation("watch.create", Map.of("url", "http://10.0.0.1/")), "li/main");
    private static final OpenApproval ELSEWHERE =
            new OpenApproval("fghjk", new Operation("shell.run", Map.of("command", "pwd")), "li/other");

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void used_denied_expired_stopped_unknown_and_somebody_elses_are_told_apart(String language) {
        Phrases phrases = Phrases.in(language);
        Set<String> told = new HashSet<>();
        for (String state : List.of("approved", "denied", "expired", "stopped", "closed"))
            told.add(phrases.approvalClosed("k7m2p", state));
        told.add(phrases.approvalNotYours("k7m2p"));
        told.add(phrases.approvalUnknown("k7m2p", List.of(), "li/main"));
        assertEquals(7, told.size());
        for (String text : told) assertTrue(text.contains("k7m2p"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void a_closed_approval_is_told_in_words_of_the_language_not_by_the_name_of_its_state(String language) {
        if (language.equals("zh"))
            for (String state : List.of("approved", "denied", "expired", "stopped", "closed"))
                assertFalse(Phrases.in("zh").approvalClosed("k7m2p", state).contains(state));
        assertTrue(Phrases.in(language).approvalClosed("k7m2p", "expired").contains("15"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void one_that_waits_is_decided_without_its_code(String language) {
        String text = Phrases.in(language).approvalsOpen(List.of(LS), "li/main");
        assertTrue(text.contains("/approve\n") && text.contains("`ls -la`") && text.contains("/deny"), text);
        assertFalse(text.contains("k7m2p"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void each_of_several_has_a_line_with_its_command_and_what_it_does(String language) {
        String text = Phrases.in(language).approvalsOpen(List.of(LS, WATCH), "li/main");
        List<String> lines = text.lines().filter(line -> line.startsWith("- ")).toList();
        assertEquals(2, lines.size(), text);
        assertTrue(
                lines.getFirst().startsWith("- /approve k7m2p ")
                        && lines.getFirst().endsWith("`ls -la`"),
                text);
        assertTrue(
                lines.getLast().contains("/approve abcde ") && lines.getLast().contains("http://10.0.0.1/"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void what_waits_in_another_conversation_is_only_named_when_nothing_waits_here(String language) {
        Phrases phrases = Phrases.in(language);
        assertFalse(phrases.approvalsOpen(List.of(LS, ELSEWHERE), "li/main").contains("pwd"));
        assertTrue(phrases.approvalsOpen(List.of(ELSEWHERE), "li/main").contains("li/other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void a_wrong_code_is_answered_with_the_right_ones(String language) {
        String text = Phrases.in(language).approvalUnknown("zzzzz", List.of(LS), "li/main");
        assertTrue(text.contains("zzzzz") && text.contains("/approve k7m2p"), text);
    }
}
