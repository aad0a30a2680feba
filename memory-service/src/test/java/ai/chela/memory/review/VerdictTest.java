package ai.chela.memory.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.fact.Standing;
import ai.chela.memory.fact.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");

    @Test
    void of_two_that_say_the_same_the_first_stays() {
        Fact first = said("ann", "the staging database is db-17", 0);
        Fact again = said("bob", "staging database is db-17", 3);
        assertEquals(new Verdict.Merge(first, List.of(again)), Verdict.ofSame(List.of(again, first)));
    }

    @Test
    void a_persons_word_stays_and_not_what_was_learned_before() {
        Fact learned = from(MemoryOrigin.LEARNED, "our database is db-17", 0);
        Fact told = said("ann", "our database is db-17", 1);
        assertEquals(new Verdict.Merge(told, List.of(learned)), Verdict.ofSame(List.of(learned, told)));
    }

    @Test
    void what_is_pinned_is_not_merged_away() {
        Fact first = said("ann", "the staging database is db-17", 0);
        Fact pinned = pinned(said("bob", "the staging database is db-17", 1));
        assertEquals(new Verdict.Merge(pinned, List.of(first)), Verdict.ofSame(List.of(first, pinned)));
        assertEquals(new Verdict.Leave(), Verdict.ofSame(List.of(pinned, pinned(first))));
    }

    @Test
    void who_says_something_else_later_has_changed_it() {
        Fact old = said("ann", "the staging database is db-17", 0);
        Fact now = said("ann", "the staging database is db-18", 1);
        assertEquals(new Verdict.Close(now, List.of(old)), Verdict.ofContrary(List.of(now, old)));
    }

    @Test
    void two_persons_who_say_different_things_are_asked() {
        Fact old = said("ann", "the staging database is db-17", 0);
        Fact now = said("bob", "the staging database is db-18", 1);
        assertInstanceOf(Verdict.Dispute.class, Verdict.ofContrary(List.of(now, old)));
    }

    @Test
    void what_is_trusted_less_never_takes_the_place_of_a_persons_word() {
        Fact told = said("ann", "the staging database is db-17", 0);
        Fact tool = from(MemoryOrigin.TOOL, "the staging database is db-18", 5);
        assertInstanceOf(Verdict.Dispute.class, Verdict.ofContrary(List.of(tool, told)));
    }

    @Test
    void a_persons_word_takes_the_place_of_what_a_tool_said() {
        Fact tool = from(MemoryOrigin.TOOL, "the staging database is db-18", 0);
        Fact told = said("bob", "the staging database is db-17", 1);
        assertEquals(new Verdict.Close(told, List.of(tool)), Verdict.ofContrary(List.of(told, tool)));
    }

    @Test
    void a_thing_can_have_several_names_so_a_person_is_asked() {
        Fact old = said("ann", "our supplier is Acme", 0);
        Fact now = said("ann", "our supplier is Bolt", 1);
        assertInstanceOf(Verdict.Dispute.class, Verdict.ofContrary(List.of(now, old)));
    }

    @Test
    void what_is_pinned_is_not_closed() {
        Fact old = pinned(said("ann", "the staging database is db-17", 0));
        Fact now = said("ann", "the staging database is db-18", 1);
        assertInstanceOf(Verdict.Dispute.class, Verdict.ofContrary(List.of(now, old)));
        assertEquals(new Verdict.Leave(), Verdict.ofContrary(List.of(pinned(now), old)));
    }

    @Test
    void the_same_said_twice_is_no_contradiction() {
        Fact old = said("ann", "the staging database is db-17", 0);
        Fact now = said("bob", "our staging database is db-17", 1);
        assertEquals(new Verdict.Leave(), Verdict.ofContrary(List.of(now, old)));
    }

    private static Fact said(String speaker, String text, int days) {
        return fact(speaker, text, days, MemoryOrigin.SAID);
    }

    private static Fact from(MemoryOrigin origin, String text, int days) {
        return fact("ann", text, days, origin);
    }

    private static Fact fact(String speaker, String text, int days, MemoryOrigin origin) {
        Instant at = MONDAY.plus(Duration.ofDays(days));
        String id = speaker + days + origin;
        Standing standing =
                new Standing(Trust.of(origin), origin, false, at, null, false, false, null, 0, null, List.of());
        return new Fact(id, id, days + 1, new Scope.Tenant(), text, speaker, speaker, "", at, null, standing);
    }

    private static Fact pinned(Fact fact) {
        Standing old = fact.standing();
        return fact.with(new Standing(
                old.trust(),
                old.origin(),
                old.preference(),
                old.validFrom(),
                null,
                true,
                false,
                null,
                0,
                null,
                List.of()));
    }
}
