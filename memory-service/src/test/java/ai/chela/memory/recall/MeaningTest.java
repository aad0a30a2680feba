package ai.chela.memory.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.TestMasterKey;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.Entry;
import ai.chela.memory.index.MemoryIndex;
import ai.chela.memory.index.Place;
import ai.chela.memory.index.Query;
import ai.chela.memory.index.Step;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
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
    MemoryIndex index;

    @Inject
    IndexSweep sweep;

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
        await(() -> !vectors().contains(lift.id()));
        memory.correct(ann, lunch.id(), "lunch is at one");
        await(() -> !vectors().contains(lunch.id()) && vectors().size() == 1);
    }

    @Test
    void what_another_instance_forgot_is_swept_away() {
        RecalledFact lift = memory.stored(ann, "the lift is out of order");
        RecalledFact lunch = memory.stored(ann, "lunch is at noon");
        awaitVectors(2);
        // as if this instance had not been told: its index is put back to before the forgetting
        memory.forget(ann, lift.handle());
        await(() -> !vectors().contains(lift.id()));
        done(index.drop(place(ANN)));
        done(index.apply(place(ANN), List.of(new Step.Put(1, new Entry(lift.id(), Map.of("lift", 1)))), 1));
        done(index.addVectors(place(ANN), model(), Map.of(lift.id(), embedder.mean(model()))));
        assertEquals(Set.of(lift.id()), vectors());
        sweep.sweep().await().atMost(LIMIT);
        assertFalse(vectors().contains(lift.id()));
        await(() -> first("is lunch at noon?").equals(lunch.text()));
    }

    @Test
    void a_lost_index_is_built_again_by_the_first_question() {
        memory.remember(ann, "the lift is out of order");
        awaitVectors(1);
        done(index.drop(place(ANN)));
        assertEquals("the lift is out of order", first("is the lift out of order?"));
        awaitVectors(1);
    }

    @Test
    void a_private_vector_is_not_in_the_files_of_the_room() {
        memory.remember(ann, "the lift is out of order");
        awaitVectors(1);
        assertEquals(Set.of(), vectors(new Scope.Tenant()));
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

    private Place place(Scope scope) {
        return new Place(ann.tenant(), scope);
    }

    private Set<String> vectors() {
        return vectors(ANN);
    }

    /** Ids of the facts that have one, of any model. */
    private Set<String> vectors(Scope scope) {
        Set<String> ids = new HashSet<>();
        for (Embedder.Model model : embedder.models()) {
            Embedder.Vector any = new Embedder.Vector(model, embedder.mean(model));
            Query query = new Query(ann.tenant(), Set.of(scope), Set.of(), any, 0, Query.MOST_CANDIDATES);
            done(index.search(query)).candidates().forEach(candidate -> ids.add(candidate.id()));
        }
        return ids;
    }

    /** In all models together. */
    private void awaitVectors(int count) {
        await(() -> vectors().size() >= count);
    }

    private static <T extends @Nullable Object> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void await(BooleanSupplier condition) {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; LockSupport.parkNanos(20_000_000))
            if (condition.getAsBoolean()) return;
        throw new AssertionError("not within " + LIMIT);
    }
}
