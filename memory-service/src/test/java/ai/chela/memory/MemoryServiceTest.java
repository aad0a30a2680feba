package ai.chela.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.WireJson;
import ai.chela.memory.MemoryDriver.Voice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class MemoryServiceTest {
    private static final String UNKNOWN = "I do not know";
    private static final String FACT = "the staging database is db-17";
    private static final String QUESTION = "which database does staging use?";

    @Inject
    MemoryDriver memory;

    private Voice ann = new Voice("none", "ann", false);

    @BeforeEach
    void freshTenant() {
        ann = new Voice("t-" + Ids.random(), "ann", false);
    }

    @Test
    void what_was_remembered_is_recalled_with_who_said_it() {
        memory.remember(ann, FACT);
        var best = memory.recall(ann, QUESTION).hits().getFirst().fact();
        assertEquals(List.of(FACT, "Name of ann", "ann"), List.of(best.text(), best.saidBy(), best.speaker()));
    }

    @Test
    void a_chinese_sentence_is_recalled_by_a_chinese_question() {
        memory.remember(ann, "生产发布窗口是周四晚上十点");
        assertEquals("生产发布窗口是周四晚上十点", memory.answer(ann, "发布窗口是什么时候？"));
    }

    @Test
    void nothing_stored_is_nothing_known() {
        memory.remember(ann, FACT);
        assertEquals(UNKNOWN, memory.answer(ann, "who is on call?"));
    }

    @Test
    void handles_count_up_within_the_tenant() {
        assertEquals("m-1", memory.stored(ann, FACT).handle());
        assertEquals(
                "m-2",
                memory.stored(ann.as("bob").inRoom(), "the lift is out of order")
                        .handle());
    }

    @Test
    void a_correction_changes_the_value_and_wins() {
        RecalledFact fact = memory.stored(ann, FACT);
        var corrected = assertInstanceOf(MemoryChanged.Corrected.class, memory.correct(ann, fact.id(), "db-18"));
        assertEquals(FACT, corrected.before().text());
        assertEquals("the staging database is db-18", corrected.after().text());
        assertEquals(FACT, corrected.after().corrects());
        assertEquals("the staging database is db-18", memory.answer(ann, QUESTION));
    }

    @Test
    void the_corrected_version_is_no_longer_recalled() {
        RecalledFact fact = memory.stored(ann, FACT);
        memory.answer(ann, QUESTION);
        memory.correct(ann, fact.id(), "db-18");
        assertEquals(1, memory.recall(ann, QUESTION).hits().size());
    }

    @Test
    void a_correction_of_an_earlier_version_reaches_the_current_one() {
        RecalledFact fact = memory.stored(ann, FACT);
        memory.correct(ann, fact.id(), "db-18");
        memory.correct(ann, fact.id(), "db-19");
        assertEquals("the staging database is db-19", memory.answer(ann, QUESTION));
        assertEquals(1, memory.list(ann).total());
    }

    @Test
    void a_correction_changes_only_that_fact() {
        RecalledFact fact = memory.stored(ann, FACT);
        memory.remember(ann, "the production database is db-17");
        memory.correct(ann, fact.id(), "db-18");
        assertEquals("the production database is db-17", memory.answer(ann, "which database does production use?"));
    }

    @Test
    void what_one_person_said_in_private_no_other_person_recalls() {
        memory.remember(ann, FACT);
        assertEquals(List.of(), memory.recall(ann.as("bob"), QUESTION).hits());
        assertEquals(0, memory.list(ann.as("bob")).total());
    }

    @Test
    void what_was_said_in_private_is_not_recalled_in_a_room_not_even_by_who_said_it() {
        memory.remember(ann, FACT);
        assertEquals(List.of(), memory.recall(ann.inRoom(), QUESTION).hits());
        assertEquals(0, memory.list(ann.inRoom()).total());
    }

    @Test
    void what_was_said_in_a_room_everybody_recalls() {
        memory.remember(ann.inRoom(), FACT);
        assertEquals(FACT, memory.answer(ann.as("bob"), QUESTION));
    }

    @Test
    void another_tenant_recalls_nothing() {
        memory.remember(ann.inRoom(), FACT);
        Voice elsewhere = ann.in("t-" + Ids.random());
        assertEquals(List.of(), memory.recall(elsewhere, QUESTION).hits());
    }

    @Test
    void nobody_corrects_what_another_said_in_private() {
        RecalledFact fact = memory.stored(ann, FACT);
        assertInstanceOf(MemoryChanged.NotFound.class, memory.correct(ann.as("bob"), fact.id(), "db-18"));
        assertEquals(FACT, memory.answer(ann, QUESTION));
    }

    @Test
    void nobody_forgets_what_another_said_in_private() {
        RecalledFact fact = memory.stored(ann, FACT);
        assertInstanceOf(MemoryChanged.NotFound.class, memory.forget(ann.as("bob"), fact.id(), fact.handle()));
        assertEquals(FACT, memory.answer(ann, QUESTION));
    }

    @Test
    void what_another_said_in_a_room_may_be_corrected_and_not_forgotten() {
        RecalledFact fact = memory.stored(ann.inRoom(), FACT);
        Voice bob = ann.as("bob").inRoom();
        var refused = assertInstanceOf(MemoryChanged.Refused.class, memory.forget(bob, fact.handle()));
        assertEquals("memory.not-yours", refused.code());
        assertInstanceOf(MemoryChanged.Corrected.class, memory.correct(bob, fact.id(), "db-18"));
    }

    @Test
    void forgetting_by_handle_takes_all_versions() {
        RecalledFact fact = memory.stored(ann, FACT);
        memory.correct(ann, fact.id(), "db-18");
        var forgotten = assertInstanceOf(MemoryChanged.Forgotten.class, memory.forget(ann, fact.handle()));
        assertEquals(
                "the staging database is db-18", forgotten.facts().getFirst().text());
        assertEquals(0L, count("fact"));
        assertEquals(0L, count("memory_key"));
        assertEquals(UNKNOWN, memory.answer(ann, QUESTION));
    }

    @Test
    void all_is_not_a_handle() {
        memory.remember(ann, FACT);
        assertInstanceOf(MemoryChanged.NotFound.class, memory.forget(ann, "all", "*", "m-0", "m-%", ""));
        assertEquals(1, memory.list(ann).total());
    }

    @Test
    void the_one_memory_that_clearly_answers_is_forgotten() {
        memory.remember(ann, FACT);
        memory.remember(ann, "the office closes at 8 pm");
        assertInstanceOf(MemoryChanged.Forgotten.class, memory.forgetMatching(ann, "which database staging uses"));
        assertEquals(
                List.of("the office closes at 8 pm"), texts(memory.list(ann).facts()));
    }

    @Test
    void when_several_fit_none_is_forgotten() {
        memory.remember(ann, FACT);
        memory.remember(ann, "the staging database is backed up at night");
        var ambiguous =
                assertInstanceOf(MemoryChanged.Ambiguous.class, memory.forgetMatching(ann, "the staging database"));
        assertEquals(2, ambiguous.facts().size());
        assertEquals(2, memory.list(ann).total());
    }

    @Test
    void when_none_fits_none_is_forgotten() {
        memory.remember(ann, FACT);
        assertInstanceOf(MemoryChanged.NotFound.class, memory.forgetMatching(ann, "the coffee machine"));
        assertEquals(1, memory.list(ann).total());
    }

    @Test
    void the_same_sentence_again_is_known() {
        RecalledFact first = memory.stored(ann, FACT);
        var again = assertInstanceOf(
                MemoryChanged.Remembered.class, memory.remember(ann, "The staging  database is DB-17."));
        assertTrue(again.known());
        assertEquals(first.id(), again.fact().id());
    }

    @Test
    void the_same_request_that_comes_twice_is_done_once() {
        byte[] request = WireJson.bytes(new MemoryRequested.Remember("call", false, FACT, "Ann"));
        String id = Ids.random();
        memory.receive(ann, id, request);
        memory.receive(ann, id, request);
        assertEquals(1, memory.list(ann).total());
        assertFalse(((MemoryChanged.Remembered) memory.outcome(ann, id)).known());
    }

    @Test
    void a_secret_is_refused_and_leaves_nothing() {
        var refused =
                assertInstanceOf(MemoryChanged.Refused.class, memory.remember(ann, "the wifi password is swordfish"));
        assertEquals("memory.secret", refused.code());
        assertEquals(0L, count("fact"));
    }

    @Test
    void a_request_that_cannot_be_read_is_answered_where_its_call_is_known() {
        String id = Ids.random();
        memory.receive(
                ann, id, "{\"kind\":\"remember\",\"callId\":\"c1\",\"text\":\" \"}".getBytes(StandardCharsets.UTF_8));
        assertEquals(new MemoryChanged.Refused("c1", "memory.failed"), memory.outcome(ann, id));
    }

    @Test
    void every_change_is_audited() {
        RecalledFact fact = memory.stored(ann, FACT);
        memory.correct(ann, fact.id(), "db-18");
        memory.forget(ann, fact.handle());
        String audits = String.join(
                "\n",
                memory.read(
                        ann,
                        String.class,
                        "select convert_from(payload, 'UTF8') from outbox where topic = 'chela.audit.v1'"));
        for (String action : List.of("memory.remembered", "memory.corrected", "memory.forgotten"))
            assertTrue(audits.contains(action), action);
    }

    @Test
    void the_list_shows_the_newest_first() {
        memory.remember(ann, FACT);
        memory.remember(ann, "the office closes at 8 pm");
        assertEquals(
                List.of("the office closes at 8 pm", FACT),
                texts(memory.list(ann).facts()));
    }

    private static List<String> texts(List<RecalledFact> facts) {
        return facts.stream().map(RecalledFact::text).toList();
    }

    private long count(String table) {
        return memory.read(ann, Long.class, "select count(*) from " + table).getFirst();
    }
}
