package ai.chela.memory.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.fact.Standing;
import ai.chela.memory.fact.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Embedder.Model ENGLISH = new Embedder.Model("bge-small-en-v15-q", 384);
    private static final int MANY = 100;
    private static final Fading FADING = new Fading(Duration.ofDays(42), 0.95);

    @Test
    void meaning_finds_what_shares_no_word() {
        assertEquals(
                List.of("meant", "other"),
                ranked(candidate("other", 1, 0.3, 0.4f, 1), candidate("meant", 0, 0, 0.8f, 1)));
    }

    @Test
    void words_and_meaning_together_beat_either() {
        assertEquals(
                "both",
                ranked(
                                candidate("words", 5, 0.5, 0.55f, 1),
                                candidate("both", 4, 0.5, 0.78f, 1),
                                candidate("meaning", 0, 0, 0.8f, 1))
                        .getFirst());
    }

    @Test
    void among_equals_the_newest_wins() {
        assertEquals(
                List.of("new", "old"),
                ranked(candidate("old", 3, 0.6, 0.800f, 40), candidate("new", 3, 0.6, 0.798f, 2)));
    }

    @Test
    void what_was_said_long_ago_fades_and_does_not_vanish() {
        assertEquals(
                List.of("better", "fresh"),
                ranked(candidate("better", 3, 0.6, 0.8f, 2_000), candidate("fresh", 1, 0.2, 0.7f, 0)));
    }

    @Test
    void a_fact_that_has_no_vector_yet_is_judged_by_its_words() {
        assertEquals(
                List.of("just told", "other"),
                ranked(candidate("other", 2, 0.3, 0.7f, 1), candidate("just told", 6, 0.9, Float.NaN, 0)));
    }

    @Test
    void without_any_vector_it_is_as_by_words_alone() {
        List<Hit> hits = rank(MANY, candidate("weak", 9, 0.2, Float.NaN, 0), candidate("good", 1, 0.9, Float.NaN, 0));
        assertEquals(
                List.of("good", "weak"),
                hits.stream().map(hit -> hit.fact().id()).toList());
        assertEquals(0.9, hits.getFirst().score());
    }

    @Test
    void the_same_words_from_another_go_to_the_end() {
        Candidate again = new Candidate(fact("again", "text of first", 2), 3, 0.6, 0.8f);
        assertEquals(
                List.of("first", "other", "again"),
                ranked(candidate("first", 3, 0.6, 0.8f, 1), again, candidate("other", 0, 0, 0.6f, 1)));
    }

    @Test
    void what_says_almost_the_same_goes_behind_what_says_something_else() {
        Candidate first = withVector("first", 0.80f, 1, 0);
        Candidate almost = withVector("almost", 0.79f, 0.999f, 0.0447f);
        Candidate other = withVector("other", 0.70f, 0, 1);
        assertEquals(List.of("first", "other", "almost"), ranked(first, almost, other));
    }

    @Test
    void what_is_about_the_same_and_says_something_else_stays_where_it_is() {
        Candidate first = withVector("first", 0.80f, 1, 0);
        Candidate alike = withVector("alike", 0.79f, 0.9f, 0.436f);
        Candidate other = withVector("other", 0.60f, 0, 1);
        assertEquals(List.of("first", "alike", "other"), ranked(first, alike, other));
    }

    @Test
    void the_only_answer_is_shown_however_old_it_is() {
        assertEquals(List.of("old"), ranked(candidate("old", 3, 0.9, 0.8f, 20_000)));
    }

    @Test
    void what_is_pinned_does_not_grow_old() {
        Fact old = fact("pinned", "text of pinned", 400);
        Standing said = old.standing();
        Standing pinned = new Standing(
                said.trust(),
                said.origin(),
                said.preference(),
                said.validFrom(),
                null,
                true,
                false,
                null,
                0,
                null,
                List.of());
        Candidate kept = new Candidate(old.with(pinned), 3, 0.6, 0.8f);
        assertEquals(List.of("pinned", "other"), ranked(candidate("other", 3, 0.6, 0.8f, 100), kept));
    }

    @Test
    void what_is_the_answer_again_and_again_does_not_fall_behind() {
        Fact old = fact("used", "text of used", 400);
        Standing said = old.standing();
        Standing used = new Standing(
                said.trust(),
                said.origin(),
                said.preference(),
                said.validFrom(),
                null,
                false,
                false,
                null,
                20,
                NOW.minus(Duration.ofDays(1)),
                List.of());
        Candidate kept = new Candidate(old.with(used), 3, 0.6, 0.8f);
        assertEquals(List.of("used", "other"), ranked(candidate("other", 3, 0.6, 0.8f, 100), kept));
    }

    @Test
    void a_persons_own_word_goes_before_a_tools() {
        Fact fact = fact("tool", "text of tool", 0);
        Standing said = fact.standing();
        Standing tool = new Standing(
                Trust.of(MemoryOrigin.TOOL),
                MemoryOrigin.TOOL,
                false,
                said.validFrom(),
                null,
                false,
                false,
                null,
                0,
                null,
                List.of());
        Candidate told = new Candidate(fact.with(tool), 3, 0.8, 0.82f);
        List<Hit> hits = rank(MANY, told, candidate("person", 3, 0.8, 0.8f, 30));
        assertEquals("person", hits.getFirst().fact().id());
        assertTrue(hits.getLast().score() < 0.68, hits::toString);
    }

    @Test
    void a_clear_lead_in_meaning_is_an_answer_and_a_crowd_is_none() {
        double clear = rank(MANY, candidate("a", 2, 0.65, 0.92f, 1), candidate("b", 0, 0, 0.5f, 1))
                .getFirst()
                .score();
        double crowded = rank(MANY, candidate("a", 2, 0.5, 0.7f, 1), candidate("b", 2, 0.5, 0.69f, 1))
                .getFirst()
                .score();
        assertTrue(clear >= 0.68, "clear " + clear);
        assertTrue(crowded < 0.68, "crowded " + crowded);
    }

    @Test
    void among_few_facts_a_lead_says_nothing() {
        assertEquals(
                0.5,
                rank(3, candidate("a", 2, 0.5, 0.85f, 1), candidate("b", 0, 0, 0.5f, 1))
                        .getFirst()
                        .score());
    }

    @Test
    void a_model_that_was_not_calibrated_never_claims_to_know() {
        Embedder.Model foreign = new Embedder.Model("theirs", 8);
        List<Candidate> candidates = List.of(candidate("a", 2, 0.5, 0.99f, 1), candidate("b", 0, 0, 0.1f, 1));
        assertEquals(
                0.5,
                new Fusion(foreign, MANY, FADING, NOW)
                        .rank(candidates, 10)
                        .getFirst()
                        .score());
    }

    @Test
    void no_more_than_the_limit_comes_back() {
        assertEquals(
                1,
                new Fusion(ENGLISH, MANY, FADING, NOW)
                        .rank(List.of(candidate("a", 1, 0, 0.8f, 1), candidate("b", 1, 0, 0.7f, 1)), 1)
                        .size());
    }

    private static List<String> ranked(Candidate... candidates) {
        return rank(MANY, candidates).stream().map(hit -> hit.fact().id()).toList();
    }

    private static List<Hit> rank(int known, Candidate... candidates) {
        return new Fusion(ENGLISH, known, FADING, NOW).rank(List.of(candidates), 10);
    }

    private static Candidate candidate(String id, double words, double fit, float cosine, int daysAgo) {
        return new Candidate(fact(id, "text of " + id, daysAgo), words, fit, cosine);
    }

    private static Candidate withVector(String id, float cosine, float... vector) {
        return new Candidate(fact(id, "text of " + id, 1), 1, 0.5, cosine, vector);
    }

    private static Fact fact(String id, String text, int daysAgo) {
        return new Fact(
                id, id, 1, new Scope.Tenant(), text, "ann", "Ann", "", NOW.minus(Duration.ofDays(daysAgo)), null);
    }
}
