package ai.chela.memory.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.TestMasterKey;
import ai.chela.memory.dense.DenseIndex;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.fact.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running service, with the models. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class MeaningTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Scope ANN = new Scope.Person("ann");

    @Inject
    MemoryDriver memory;

    @Inject
    MeaningFiles files;

    @Inject
    MeaningSweep sweep;

    @Inject
    Embedder embedder;

    private Voice ann = new Voice("none", "ann", false);

    @BeforeEach
    void freshTenant() {
        ann = new Voice("t-" + Ids.random(), "ann", false);
    }

    @Test
    void what_is_asked_in_other_words_is_found_by_its_meaning() {
        memory.remember(ann, "the lift is out of order");
        memory.remember(ann, "new colleagues get their laptop from Brightline");
        RecalledFact sla = memory.stored(ann, "support must answer within four hours");
        awaitVectors(3);
        await(() -> first("how quickly does the help desk have to reply?").equals(sla.text()));
    }

    @Test
    void chinese_too() {
        memory.remember(ann, "电梯坏了");
        RecalledFact sla = memory.stored(ann, "客服要在四小时内答复");
        memory.remember(ann, "新同事的电脑由亮线公司提供");
        awaitVectors(3);
        await(() -> first("用户提问后多久能得到回应？").equals(sla.text()));
    }

    @Test
    void what_is_forgotten_or_corrected_loses_its_vector() {
        RecalledFact lift = memory.stored(ann, "the lift is out of order");
        RecalledFact lunch = memory.stored(ann, "lunch is at noon");
        awaitVectors(2);
        memory.forget(ann, lift.handle());
        await(() -> !index().contains(lift.id()));
        memory.correct(ann, lunch.id(), "lunch is at one");
        await(() -> !index().contains(lunch.id()) && index().size() == 1);
    }

    @Test
    void what_another_instance_forgot_is_swept_away() throws IOException {
        RecalledFact lift = memory.stored(ann, "the lift is out of order");
        memory.remember(ann, "lunch is at noon");
        awaitVectors(2);
        memory.forget(ann, lift.handle());
        await(() -> !index().contains(lift.id()));
        index().add(lift.id(), embedder.mean(model()));
        assertTrue(index().contains(lift.id()));
        sweep.sweep().await().atMost(LIMIT);
        assertFalse(index().contains(lift.id()));
        assertEquals(1, index().size());
    }

    @Test
    void a_lost_index_is_made_again_while_words_answer() throws IOException {
        RecalledFact lift = memory.stored(ann, "the lift is out of order");
        awaitVectors(1);
        index().remove(List.of(lift.id()));
        memory.remember(ann, "lunch is at noon");
        assertEquals("the lift is out of order", first("is the lift out of order?"));
        awaitVectors(2);
    }

    @Test
    void a_private_vector_is_not_in_the_files_of_the_room() {
        memory.remember(ann, "the lift is out of order");
        awaitVectors(1);
        assertEquals(0, indexOf(new Scope.Tenant()).size());
    }

    private String first(String question) {
        List<RecalledFact> facts = memory.recall(ann, question).hits().stream()
                .map(hit -> hit.fact().shown(hit.score()))
                .toList();
        return facts.isEmpty() ? "" : facts.getFirst().text();
    }

    private Embedder.Model model() {
        return Objects.requireNonNull(embedder.modelFor("the lift is out of order"));
    }

    private DenseIndex index() {
        return indexOf(ANN);
    }

    private DenseIndex indexOf(Scope scope) {
        return Objects.requireNonNull(files.index(ann.tenant(), scope, model()));
    }

    /** In all models together. */
    private void awaitVectors(int count) {
        await(() -> embedder.models().stream()
                        .mapToInt(model -> Objects.requireNonNull(files.index(ann.tenant(), ANN, model))
                                .size())
                        .sum()
                >= count);
    }

    private static void await(BooleanSupplier condition) {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; LockSupport.parkNanos(20_000_000))
            if (condition.getAsBoolean()) return;
        throw new AssertionError("not within " + LIMIT);
    }
}
