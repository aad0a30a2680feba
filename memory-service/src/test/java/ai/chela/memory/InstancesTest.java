package ai.chela.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.MemoryFlow;
import ai.chela.memory.recall.AnotherInstance;
import ai.chela.memory.recall.RecallFlow;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another instance, or the same one after a restart: an index of its own over the same database. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class InstancesTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String FACT = "the staging database is db-17";
    private static final String QUESTION = "which database does staging use?";

    @Inject
    MemoryDriver memory;

    @Inject
    MemoryFlow flow;

    @Inject
    Transactions transactions;

    @Inject
    AnotherInstance another;

    private Voice ann = new Voice("none", "ann", false);

    @BeforeEach
    void freshTenant() {
        ann = new Voice("t-" + Ids.random(), "ann", false);
    }

    @Test
    void a_fresh_instance_recalls_what_another_was_told() {
        memory.remember(ann, FACT);
        assertEquals(List.of(FACT), recall(another()));
    }

    @Test
    void an_instance_follows_what_another_corrects_and_forgets() {
        RecallFlow other = another();
        RecalledFact fact = memory.stored(ann, FACT);
        assertEquals(List.of(FACT), recall(other));
        memory.correct(ann, fact.id(), "db-18");
        assertEquals(List.of("the staging database is db-18"), recall(other));
        memory.forget(ann, fact.handle());
        assertEquals(List.of(), recall(other));
    }

    @Test
    void what_one_unit_told_it_can_find_and_forget_before_it_commits() {
        MemoryChanged forgotten = transactions
                .run(
                        "test",
                        origin(),
                        unit -> flow.handle(unit, envelope(), told())
                                .chain(() -> flow.handle(
                                        unit, envelope(), new MemoryRequested.ForgetMatching("c", false, QUESTION))))
                .await()
                .atMost(LIMIT);
        assertInstanceOf(MemoryChanged.Forgotten.class, forgotten);
        assertEquals(0, memory.list(ann).total());
    }

    @Test
    void what_a_unit_told_and_did_not_commit_nobody_recalls() {
        memory.remember(ann, "the office closes at 8 pm");
        memory.recall(ann, QUESTION);
        Uni<MemoryChanged> failing = transactions.run(
                "test",
                origin(),
                unit -> flow.handle(unit, envelope(), told())
                        .chain(() -> flow.handle(
                                unit, envelope(), new MemoryRequested.ForgetMatching("c", false, "office lift")))
                        .chain(() -> Uni.createFrom().failure(new IllegalStateException("rolled back"))));
        assertThrows(IllegalStateException.class, () -> failing.await().atMost(LIMIT));
        memory.remember(ann, "the lift is out of order");
        assertEquals("I do not know", memory.answer(ann, QUESTION));
        assertEquals("the lift is out of order", memory.answer(ann, "is the lift out of order?"));
    }

    @Test
    void the_same_sentence_told_at_the_same_time_is_stored_once() {
        List<Uni<MemoryChanged>> tellings = new ArrayList<>();
        for (int i = 0; i < 6; i++)
            tellings.add(transactions.run("test", origin(), unit -> flow.handle(unit, envelope(), told())));
        Uni.join().all(tellings).andFailFast().await().atMost(LIMIT);
        assertEquals(1, memory.list(ann).total());
    }

    @Test
    void a_scope_of_several_pages_is_loaded_whole() {
        transactions.run("test", origin(), unit -> many(unit, 0)).await().atMost(Duration.ofMinutes(2));
        memory.forget(ann, "m-1");
        RecallFlow.Answer answer = another()
                .recall(origin(), new Asker("ann", false), "where is crate number 2100?", 1)
                .await()
                .atMost(LIMIT);
        assertEquals(
                "crate number 2100 is in hall 0",
                answer.hits().getFirst().fact().text());
    }

    private Uni<Void> many(UnitOfWork unit, int at) {
        if (at > 2100) return Uni.createFrom().voidItem();
        String text = "crate number " + at + " is in hall " + at % 7;
        return flow.handle(unit, envelope(), new MemoryRequested.Remember("c", false, text, "Ann"))
                .chain(() -> many(unit, at + 1));
    }

    private MemoryRequested told() {
        return new MemoryRequested.Remember("c", false, FACT, "Ann");
    }

    private RecallFlow another() {
        return another.instance();
    }

    private List<String> recall(RecallFlow instance) {
        return instance.recall(origin(), new Asker("ann", false), QUESTION, 5).await().atMost(LIMIT).hits().stream()
                .map(hit -> hit.fact().text())
                .toList();
    }

    private Origin origin() {
        return Origin.first(ann.tenant(), Principal.person(ann.person()), "c");
    }

    private Envelope envelope() {
        return new Envelope(
                Ids.random(),
                Topic.MEMORY_REQUESTED.topicName(),
                "chela/test",
                Instant.now(),
                ann.tenant(),
                Principal.person(ann.person()),
                "c",
                null,
                null,
                0,
                null);
    }
}
