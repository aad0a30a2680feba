package ai.chela.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.ExtractionCompleted;
import ai.chela.contracts.memory.ExtractionCompleted.Lesson.Kind;
import ai.chela.contracts.memory.ExtractionCompleted.Outcome;
import ai.chela.contracts.memory.ExtractionRequested;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.Provenance;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver.Voice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a model is asked about, and what is kept of what it proposes. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class ExtractionTest {
    private static final String SAID = "I cannot eat nuts, so order without them.";
    private static final String NUTS = "I cannot eat nuts";

    @Inject
    MemoryDriver memory;

    private Voice ann = new Voice("none", "ann", false);

    @BeforeEach
    void freshTenant() {
        ann = new Voice("t-" + Ids.random(), "ann", false);
    }

    @Test
    void what_patterns_leave_is_asked_about() {
        assertEquals(SAID, memory.saidToModel(ann, SAID).getFirst().text());
    }

    @Test
    void without_a_model_that_may_be_asked_nothing_is_asked() {
        memory.said(ann, SAID);
        assertEquals(0L, count("outbox where topic = 'chela.extraction.requested.v1'"));
    }

    @Test
    void nothing_is_asked_of_a_room_a_remembered_sentence_or_a_certain_one() {
        memory.saidToModel(ann.inRoom(), SAID);
        memory.saidToModel(ann, SAID, "memory.recall", "memory.remember");
        memory.saidToModel(ann, "always answer in English", "settings.language");
        assertEquals(List.of(), memory.saidToModel(ann, "my name is Ann Lee"));
    }

    @Test
    void nothing_is_asked_of_whom_learning_is_switched_off() {
        memory.change(ann, new MemoryRequested.Learning("call", false, false));
        assertEquals(List.of(), memory.saidToModel(ann, SAID));
    }

    @Test
    void a_clause_of_hers_is_kept_as_picked_by_a_model_and_trusted_half() {
        answer(asked(SAID), NUTS);
        RecalledFact kept = memory.list(ann).facts().getFirst();
        assertEquals(NUTS, kept.text());
        assertEquals("person", kept.scope());
        assertEquals("Name of ann", kept.saidBy());
        Provenance provenance = Objects.requireNonNull(kept.provenance());
        assertEquals(MemoryOrigin.PICKED, provenance.origin());
        assertEquals(0.5, provenance.trust());
        assertEquals("c", provenance.conversation());
    }

    @Test
    void what_she_did_not_say_is_not_kept() {
        answer(asked(SAID), "I have a nut allergy", "The admin is Mallory");
        assertEquals(0, memory.list(ann).total());
    }

    @Test
    void the_same_answer_twice_is_kept_once() {
        ExtractionRequested request = asked(SAID);
        String id = Ids.random();
        memory.extracted(ann, id, answered(request, NUTS));
        memory.extracted(ann, id, answered(request, NUTS));
        answer(request, NUTS);
        assertEquals(1, memory.list(ann).total());
    }

    @Test
    void what_she_had_remembered_stays_hers() {
        memory.remember(ann, NUTS);
        answer(asked(SAID), NUTS);
        assertEquals(1, memory.list(ann).total());
        assertEquals(MemoryOrigin.SAID, origin(memory.list(ann).facts().getFirst()));
    }

    @Test
    void a_newer_lesson_takes_the_place_of_one_that_was_learned_and_of_nothing_else() {
        memory.said(ann, "our staging database is db-17");
        memory.remember(ann, "our backup host is bk-1");
        answer(
                asked("I moved it all: our staging database is db-18; our backup host is bk-2."),
                "our staging database is db-18",
                "our backup host is bk-2");
        List<String> texts = memory.list(ann).facts().stream()
                .map(RecalledFact::text)
                .sorted()
                .toList();
        assertEquals(
                List.of("our backup host is bk-1", "our backup host is bk-2", "our staging database is db-18"), texts);
    }

    @Test
    void what_was_learned_later_is_not_replaced_by_an_answer_about_an_earlier_message() {
        ExtractionRequested request = asked("I moved it all: our staging database is db-18; go on.");
        memory.said(ann, "our staging database is db-19");
        answer(request, "our staging database is db-18");
        assertEquals(
                List.of("our staging database is db-19"),
                memory.list(ann).facts().stream().map(RecalledFact::text).toList());
    }

    @Test
    void an_answer_that_comes_after_she_had_something_forgotten_is_not_kept() {
        RecalledFact told = memory.stored(ann, "the office closes at 8 pm");
        ExtractionRequested request = asked(SAID);
        memory.forget(ann, told.handle());
        answer(request, NUTS);
        assertEquals(0, memory.list(ann).total());
    }

    @Test
    void an_answer_that_comes_after_learning_was_switched_off_is_not_kept() {
        ExtractionRequested request = asked(SAID);
        memory.change(ann, new MemoryRequested.Learning("call", false, false));
        answer(request, NUTS);
        assertEquals(0, memory.list(ann).total());
    }

    @Test
    void what_is_known_of_learning_counts_it() {
        answer(asked(SAID), NUTS);
        var state = assertInstanceOf(
                MemoryChanged.LearningSet.class, memory.change(ann, new MemoryRequested.Learning("call", false, null)));
        assertEquals(1, state.learned());
    }

    @Test
    void once_she_says_so_herself_it_is_her_own_word() {
        answer(asked(SAID), NUTS);
        memory.remember(ann, NUTS);
        assertEquals(MemoryOrigin.SAID, origin(memory.list(ann).facts().getFirst()));
    }

    @Test
    void preferences_are_those_that_she_told_or_that_were_learned_from_her() {
        memory.remember(ann, "I prefer short answers");
        memory.remember(ann.as("bob").inRoom(), "I prefer long answers");
        memory.remember(ann, "the office closes at 8 pm");
        memory.said(ann, "call me Annie");
        memory.extracted(
                ann,
                Ids.random(),
                new ExtractionCompleted(
                        asked("Whatever I ask: bullets before prose."),
                        Outcome.ANSWERED,
                        List.of(new ExtractionCompleted.Lesson("bullets before prose.", Kind.PREFERENCE))));
        var listed = assertInstanceOf(
                MemoryChanged.Listed.class,
                memory.change(ann, new MemoryRequested.ListAll("call", false, null, null, true)));
        assertEquals(3, listed.total());
        assertEquals(
                List.of("bullets before prose.", "call me Annie", "I prefer short answers"),
                listed.facts().stream().map(RecalledFact::text).toList());
        assertTrue(Boolean.TRUE.equals(listed.preferences()));
    }

    private ExtractionRequested asked(String text) {
        return memory.saidToModel(ann, text).getLast();
    }

    private void answer(ExtractionRequested request, String... quotes) {
        memory.extracted(ann, Ids.random(), answered(request, quotes));
    }

    private static ExtractionCompleted answered(ExtractionRequested request, String... quotes) {
        return new ExtractionCompleted(
                request,
                Outcome.ANSWERED,
                Arrays.stream(quotes)
                        .map(quote -> new ExtractionCompleted.Lesson(quote, Kind.FACT))
                        .toList());
    }

    private static MemoryOrigin origin(RecalledFact fact) {
        return Objects.requireNonNull(fact.provenance()).origin();
    }

    private long count(String from) {
        return memory.read(ann, Long.class, "select count(*) from " + from).getFirst();
    }
}
