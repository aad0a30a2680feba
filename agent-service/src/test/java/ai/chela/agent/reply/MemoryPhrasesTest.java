package ai.chela.agent.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.Habit;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.Provenance;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.memory.ReviewNote;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPhrasesTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant AT = Instant.parse("2026-11-20T08:16:00Z");

    @Test
    void only_what_a_person_said_is_quoted_as_her_word() {
        assertTrue(recalled("en", MemoryOrigin.SAID).contains("Ana said so on"));
        assertTrue(recalled("zh", MemoryOrigin.SAID).contains("Ana说于"));
    }

    @ParameterizedTest
    @EnumSource(names = {"LEARNED", "PICKED", "MODEL", "TOOL"})
    void what_came_from_elsewhere_says_so(MemoryOrigin origin) {
        assertFalse(recalled("en", origin).contains("said so on 20"), () -> recalled("en", origin));
        assertFalse(recalled("en", origin).startsWith("\"the staging database is db-17\"\nAna said so"));
        assertFalse(recalled("zh", origin).contains("Ana说于"), () -> recalled("zh", origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void of_two_that_contradict_each_other_both_are_shown_and_how_to_settle_it(String language) {
        RecalledFact one = fact("m-3", "the staging database is db-17", MemoryOrigin.SAID, true);
        RecalledFact other = fact("m-7", "the staging database is db-18", MemoryOrigin.SAID, true);
        String text = Phrases.in(language).recalled(new RecallCompleted("c", true, List.of(one, other), 1), ZONE);
        assertTrue(text.contains("db-17") && text.contains("db-18"), text);
        assertTrue(text.contains("m-7") && (text.contains("settle m-3") || text.contains("为准 m-3")), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void forgetting_all_says_what_to_send(String language) {
        String text = Phrases.in(language).memory(new MemoryChanged.Confirm("c", 12), ZONE);
        assertTrue(text.contains("/memory forget all 12") || text.contains("/记忆 忘掉 全部 12"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void an_export_says_how_to_go_on(String language) {
        String text = Phrases.in(language).memory(new MemoryChanged.Exported("c", List.of("{}"), "m-57"), ZONE);
        assertTrue(text.startsWith("```\n{}\n```") && text.contains("m-57"), text);
    }

    @Test
    void a_habit_is_told_with_its_usual_days_and_hours() {
        List<Long> hours = new java.util.ArrayList<>(Collections.nCopies(24, 0L));
        hours.set(9, 5L);
        Habit habit = new Habit("host.disk", 5, AT, hours, List.of(5L, 0L, 0L, 0L, 0L, 0L, 0L));
        String text = Phrases.in("en").memory(new MemoryChanged.Habits("c", List.of(habit)), ZONE);
        assertTrue(text.contains("host.disk: 5 times, mostly Mon at 09-10h"), text);
        assertTrue(Phrases.in("zh")
                .memory(new MemoryChanged.Habits("c", List.of(habit)), ZONE)
                .contains("周一 9点"));
    }

    @Test
    void a_review_tells_what_it_did_by_handles() {
        var note = new ReviewNote(ReviewNote.What.MERGED, "m-3", "m-9");
        String text = Phrases.in("en").memory(new MemoryChanged.Reviewed("c", AT, List.of(note)), ZONE);
        assertTrue(text.contains("m-9 said the same as m-3"), text);
    }

    @Test
    void a_list_marks_what_was_learned_and_what_is_pinned() {
        RecalledFact fact = fact("m-3", "My name is Ana", MemoryOrigin.LEARNED, false);
        String text = Phrases.in("en").memory(new MemoryChanged.Listed("c", List.of(fact), 51, 1, 2), ZONE);
        assertTrue(text.contains("[learned]") && text.contains("page 1 of 2") && text.contains("/memory list 2"), text);
    }

    @Test
    void what_a_model_picked_is_marked_and_explained_as_such() {
        RecalledFact fact = fact("m-3", "I cannot eat nuts", MemoryOrigin.PICKED, false);
        var listed = new MemoryChanged.Listed("c", List.of(fact), 1);
        assertTrue(Phrases.in("en").memory(listed, ZONE).contains("[picked by a model]"));
        assertTrue(Phrases.in("zh").memory(listed, ZONE).contains("［模型摘录］"));
        var explained = new MemoryChanged.Explained("c", List.of(fact), 0, null);
        assertTrue(
                Phrases.in("en").memory(explained, ZONE).contains("A model picked that, word by word, from what Ana"));
        assertTrue(Phrases.in("zh").memory(explained, ZONE).contains("逐字摘录"));
    }

    @Test
    void a_list_says_of_what_there_is_nothing() {
        var preferences = new MemoryChanged.Listed("c", List.of(), 0, 1, 1, null, true);
        assertTrue(Phrases.in("en").memory(preferences, ZONE).startsWith("I know of no preferences of yours"));
        assertTrue(Phrases.in("zh").memory(preferences, ZONE).contains("偏好"));
        var tagged = new MemoryChanged.Listed("c", List.of(), 0, 1, 1, "release", null);
        assertEquals("Nothing is filed under \"release\".", Phrases.in("en").memory(tagged, ZONE));
        var all = new MemoryChanged.Listed("c", List.of(), 0);
        assertTrue(Phrases.in("en").memory(all, ZONE).startsWith("I remember nothing for you yet"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void where_nothing_is_certain_the_closest_is_offered_as_such(String language) {
        String text = unsure(language, MemoryPhrases.CLOSE);
        assertTrue(text.startsWith("I do not know that for sure. The closest") || text.contains("我不知道"), text);
        assertTrue(text.contains("db-17") && text.contains("m-3"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void what_is_too_far_off_is_not_offered(String language) {
        String text = unsure(language, MemoryPhrases.CLOSE - 0.01);
        assertFalse(text.contains("db-17"), text);
    }

    private static String unsure(String language, double score) {
        RecalledFact near =
                new RecalledFact("3", "m-3", "the staging database is db-17", "Ana", AT, "person", score, null);
        return Phrases.in(language).recalled(new RecallCompleted("c", false, List.of(near), 1), ZONE);
    }

    @Test
    void what_was_never_corrected_was_nothing_else_before() {
        RecalledFact now = fact("m-3", "the staging database is db-17", MemoryOrigin.SAID, false);
        String text = Phrases.in("en").memory(new MemoryChanged.LookedBack("c", now, null, null), ZONE);
        assertEquals(
                "It was nothing else before, as far as I know: \"the staging database is db-17\" was never corrected (m-3).",
                text);
    }

    private static String recalled(String language, MemoryOrigin origin) {
        RecalledFact fact = fact("m-3", "the staging database is db-17", origin, false);
        return Phrases.in(language).recalled(new RecallCompleted("c", true, List.of(fact), 1), ZONE);
    }

    private static RecalledFact fact(String handle, String text, MemoryOrigin origin, boolean disputed) {
        Provenance provenance = new Provenance(1, origin, false, "c", AT, null, false, disputed, null, List.of());
        return new RecalledFact(handle, handle, text, "Ana", AT, "person", 0.9, null, provenance);
    }
}
