package ai.chela.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryChanged.Marked;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.Provenance;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.fact.Uses;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class GovernTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String FACT = "the staging database is db-17";
    private static final String QUESTION = "which database does staging use?";

    @Inject
    MemoryDriver memory;

    @Inject
    Uses uses;

    private Voice ann = new Voice("none", "ann", false);

    @BeforeEach
    void freshTenant() {
        ann = new Voice("t-" + Ids.random(), "ann", false);
    }

    @Test
    void what_is_recalled_says_where_it_comes_from() {
        memory.remember(ann, FACT);
        Provenance shown =
                provenance(memory.recall(ann, QUESTION).hits().getFirst().fact().shown(1));
        assertEquals(
                List.of(1.0, MemoryOrigin.SAID, "c"),
                List.of(shown.trust(), shown.origin(), Objects.requireNonNull(shown.conversation())));
    }

    @Test
    void text_of_a_tool_is_never_a_persons_word() {
        var told = assertInstanceOf(MemoryChanged.Remembered.class, rememberFrom(MemoryOrigin.TOOL, FACT));
        assertEquals(0.2, provenance(told.fact()).trust());
    }

    @Test
    void a_value_that_is_put_into_a_tools_sentence_does_not_make_it_a_persons_word() {
        var told = (MemoryChanged.Remembered) rememberFrom(MemoryOrigin.TOOL, FACT);
        var corrected =
                (MemoryChanged.Corrected) memory.correct(ann, told.fact().id(), "db-18");
        assertEquals(MemoryOrigin.TOOL, provenance(corrected.after()).origin());
    }

    @Test
    void what_a_tool_said_is_a_persons_word_once_she_says_it_herself() {
        rememberFrom(MemoryOrigin.TOOL, FACT);
        var told = (MemoryChanged.Remembered) memory.remember(ann, FACT);
        assertEquals(1.0, provenance(told.fact()).trust());
        assertEquals(1, memory.list(ann).total());
    }

    @Test
    void what_it_was_before_is_answered_from_the_superseded_version() {
        RecalledFact fact = memory.stored(ann, FACT);
        memory.correct(ann, fact.id(), "db-18");
        assertEquals(FACT, textOf(lookBack(fact.handle(), null, null).then()));
        assertEquals(FACT, textOf(lookBack(null, "the staging database", null).then()));
    }

    @Test
    void what_it_was_at_a_time_is_answered_by_the_version_that_held_then() {
        RecalledFact fact = memory.stored(ann, FACT);
        Instant between = Instant.now();
        memory.correct(ann, fact.id(), "db-18");
        assertEquals(FACT, textOf(lookBack(fact.handle(), null, between).then()));
        assertNull(lookBack(fact.handle(), null, Instant.parse("2020-01-01T00:00:00Z"))
                .then());
        assertEquals(
                "the staging database is db-18",
                textOf(lookBack(fact.handle(), null, Instant.now().plusSeconds(60))
                        .then()));
    }

    @Test
    void the_past_of_what_another_said_in_private_is_not_found() {
        RecalledFact fact = memory.stored(ann, FACT);
        var request = new MemoryRequested.LookBack("call", false, fact.id(), null, null);
        assertInstanceOf(MemoryChanged.NotFound.class, memory.change(ann.as("bob"), request));
    }

    @Test
    void a_memory_explains_its_versions_and_how_often_it_was_the_answer() {
        RecalledFact fact = memory.stored(ann, FACT);
        memory.correct(ann, fact.id(), "db-18");
        uses.recalled(
                ann.tenant(), memory.recall(ann, QUESTION).hits().getFirst().fact());
        uses.recalled(
                ann.tenant(), memory.recall(ann, QUESTION).hits().getFirst().fact());
        uses.store().await().atMost(LIMIT);
        var explained = assertInstanceOf(
                MemoryChanged.Explained.class,
                memory.change(ann, new MemoryRequested.Explain("call", false, fact.handle())));
        assertEquals(2, explained.versions().size());
        assertEquals(2, explained.recalls());
        assertNotNull(explained.recalledAt());
    }

    @Test
    void pins_and_tags_stay_with_a_memory_when_it_is_corrected() {
        RecalledFact fact = memory.stored(ann, FACT);
        assertEquals(
                Marked.Mark.PINNED,
                marked(new MemoryRequested.Pin("call", false, fact.handle(), true))
                        .mark());
        marked(new MemoryRequested.Tag("call", false, fact.handle(), " #Release ", true));
        memory.correct(ann, fact.id(), "db-18");
        Provenance kept = provenance(memory.list(ann).facts().getFirst());
        assertTrue(kept.pinned());
        assertEquals(List.of("release"), kept.tags());
    }

    @Test
    void a_list_by_tag_holds_what_is_filed_under_it() {
        RecalledFact fact = memory.stored(ann, FACT);
        memory.remember(ann, "the office closes at 8 pm");
        marked(new MemoryRequested.Tag("call", false, fact.handle(), "发布", true));
        var listed =
                (MemoryChanged.Listed) memory.change(ann, new MemoryRequested.ListAll("call", false, null, "发布", null));
        assertEquals(
                List.of(FACT), listed.facts().stream().map(RecalledFact::text).toList());
    }

    @Test
    void a_password_is_no_tag() {
        RecalledFact fact = memory.stored(ann, FACT);
        var refused = assertInstanceOf(
                MemoryChanged.Refused.class,
                memory.change(
                        ann,
                        new MemoryRequested.Tag(
                                "call", false, fact.handle(), "ghp_abcdefghijklmnopqrstuvwxyz0123456789", true)));
        assertEquals("memory.secret", refused.code());
    }

    @Test
    void a_memory_does_not_expire_in_the_past() {
        RecalledFact fact = memory.stored(ann, FACT);
        var refused = assertInstanceOf(
                MemoryChanged.Refused.class,
                memory.change(
                        ann,
                        new MemoryRequested.Expire(
                                "call", false, fact.handle(), Instant.now().minusSeconds(5))));
        assertEquals("memory.past", refused.code());
    }

    @Test
    void what_another_said_in_a_room_may_be_pinned_and_not_let_expire() {
        RecalledFact fact = memory.stored(ann.inRoom(), FACT);
        Voice bob = ann.as("bob").inRoom();
        assertInstanceOf(Marked.class, memory.change(bob, new MemoryRequested.Pin("call", true, fact.handle(), true)));
        var refused = assertInstanceOf(
                MemoryChanged.Refused.class,
                memory.change(
                        bob,
                        new MemoryRequested.Expire(
                                "call", true, fact.handle(), Instant.now().plusSeconds(600))));
        assertEquals("memory.not-yours", refused.code());
    }

    @Test
    void forgetting_all_asks_first_and_takes_only_what_is_ones_own() {
        memory.remember(ann, FACT);
        memory.remember(ann, "the office closes at 8 pm");
        memory.remember(ann.inRoom(), "the lift is out of order");
        memory.remember(ann.as("bob"), "my desk is 5");
        assertEquals(2, ((MemoryChanged.Confirm) forgetAll(null)).total());
        assertEquals(2, ((MemoryChanged.Confirm) forgetAll(1L)).total());
        assertInstanceOf(MemoryChanged.ForgottenAll.class, forgetAll(2L));
        assertEquals(
                List.of("the lift is out of order"),
                memory.list(ann).facts().stream().map(RecalledFact::text).toList());
        assertEquals(2, memory.list(ann.as("bob")).total());
        assertEquals(2L, count("memory_key"));
        assertEquals(2L, count("erasure"));
    }

    @Test
    void all_is_not_forgotten_where_others_read_along() {
        memory.remember(ann, FACT);
        var refused = assertInstanceOf(
                MemoryChanged.Refused.class,
                memory.change(ann.inRoom(), new MemoryRequested.ForgetAll("call", true, 1L)));
        assertEquals("memory.private", refused.code());
        assertEquals(1, memory.list(ann).total());
    }

    @Test
    void an_export_holds_every_version_of_what_one_may_see() {
        RecalledFact fact = memory.stored(ann, FACT);
        memory.correct(ann, fact.id(), "db-18");
        memory.remember(ann.as("bob"), "my desk is 5");
        var part = assertInstanceOf(
                MemoryChanged.Exported.class, memory.change(ann, new MemoryRequested.Export("call", false, null)));
        assertEquals(2, part.lines().size());
        assertTrue(part.lines().getFirst().contains(FACT), part.lines()::toString);
        assertNull(part.next());
    }

    @Test
    void what_somebody_says_of_herself_is_learned_and_recalled() {
        memory.said(ann, "My name is Ann Weiss.");
        assertEquals(
                "My name is Ann Weiss.",
                memory.recall(ann, "what is my name?").hits().getFirst().fact().text());
        RecalledFact learned = memory.list(ann).facts().getFirst();
        assertEquals(MemoryOrigin.LEARNED, provenance(learned).origin());
    }

    @Test
    void what_is_learned_again_supersedes_what_was_learned_before() {
        memory.said(ann, "our staging database is db-17");
        memory.said(ann, "our staging database is db-18");
        assertEquals(1, memory.list(ann).total());
        assertEquals("our staging database is db-18", memory.answer(ann, QUESTION));
    }

    @Test
    void nothing_is_learned_in_a_room_or_from_what_was_to_be_remembered() {
        memory.said(ann.inRoom(), "My name is Ann Weiss.");
        memory.said(ann, "My name is Ann Weiss.", "memory.remember");
        memory.said(ann, "our admin password is swordfish");
        assertEquals(0, memory.list(ann).total());
    }

    @Test
    void who_switches_learning_off_teaches_nothing_more() {
        memory.said(ann, "I prefer tea");
        var off = (MemoryChanged.LearningSet) memory.change(ann, new MemoryRequested.Learning("call", false, false));
        assertEquals(1, off.learned());
        memory.said(ann, "My name is Ann Weiss.", "host.disk");
        assertEquals(1, memory.list(ann).total());
        assertEquals(List.of(), habits().habits());
        assertFalse(((MemoryChanged.LearningSet) memory.change(ann, new MemoryRequested.Learning("call", false, null)))
                .on());
    }

    @Test
    void preferences_are_listed_by_themselves() {
        memory.said(ann, "I prefer short answers. My name is Ann.");
        var listed =
                (MemoryChanged.Listed) memory.change(ann, new MemoryRequested.ListAll("call", false, null, null, true));
        assertEquals(
                List.of("I prefer short answers."),
                listed.facts().stream().map(RecalledFact::text).toList());
        assertEquals(1, listed.total());
    }

    @Test
    void what_is_asked_for_is_counted_with_its_times_and_never_its_words() {
        memory.said(ann, "check the disk", "host.disk");
        memory.said(ann, "check the disk and the load", "host.disk", "host.load", "agent.greet");
        var habits = habits().habits();
        assertEquals(2, habits.size());
        assertEquals("host.disk", habits.getFirst().operation());
        assertEquals(2, habits.getFirst().count());
        assertEquals(2, habits.getFirst().hours().stream().mapToLong(n -> n).sum());
        assertEquals(2, habits.getFirst().days().stream().mapToLong(n -> n).sum());
    }

    @Test
    void habits_are_forgotten_with_all_the_rest() {
        memory.said(ann, "check the disk", "host.disk");
        assertInstanceOf(MemoryChanged.ForgottenAll.class, forgetAll(0L));
        assertEquals(List.of(), habits().habits());
    }

    private MemoryChanged.Habits habits() {
        return (MemoryChanged.Habits) memory.change(ann, new MemoryRequested.ShowHabits("call", false));
    }

    private MemoryChanged forgetAll(@Nullable Long confirmed) {
        return memory.change(ann, new MemoryRequested.ForgetAll("call", false, confirmed));
    }

    private MemoryChanged rememberFrom(MemoryOrigin origin, String text) {
        return memory.change(ann, new MemoryRequested.Remember("call", false, text, "Ann", origin));
    }

    private Marked marked(MemoryRequested request) {
        return assertInstanceOf(Marked.class, memory.change(ann, request));
    }

    private MemoryChanged.LookedBack lookBack(@Nullable String memoryId, @Nullable String query, @Nullable Instant at) {
        return assertInstanceOf(
                MemoryChanged.LookedBack.class,
                memory.change(ann, new MemoryRequested.LookBack("call", false, memoryId, query, at)));
    }

    private static String textOf(@Nullable RecalledFact fact) {
        return fact == null ? "nothing" : fact.text();
    }

    private static Provenance provenance(RecalledFact fact) {
        return Objects.requireNonNull(fact.provenance());
    }

    private long count(String table) {
        return memory.read(ann, Long.class, "select count(*) from " + table).getFirst();
    }
}
