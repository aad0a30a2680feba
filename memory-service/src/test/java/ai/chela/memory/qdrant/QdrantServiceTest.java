package ai.chela.memory.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.TestMasterKey;
import ai.chela.memory.index.MemoryIndex;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole service with its index in Qdrant. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
@QuarkusTestResource(value = FakeQdrantResource.class, restrictToAnnotatedClass = true)
class QdrantServiceTest {
    @Inject
    MemoryDriver memory;

    @Inject
    MemoryIndex index;

    /** Set by {@link FakeQdrantResource}. */
    @Nullable
    FakeQdrant given;

    private final Voice ann = new Voice("t-" + Ids.random(), "ann", false);

    @AfterEach
    void back() {
        server().fail(null);
    }

    @Test
    void what_was_told_is_recalled_through_qdrant() {
        memory.remember(ann, "the staging database is db-17");
        assertEquals(
                "the staging database is db-17",
                memory.recall(ann, "which database does staging use?")
                        .hits()
                        .getFirst()
                        .fact()
                        .text());
        assertTrue(points().contains(ann.tenant()));
    }

    @Test
    void what_was_forgotten_leaves_no_term_behind() {
        var told = memory.stored(ann, "the xylophone is in the cellar");
        memory.recall(ann, "where is the xylophone?");
        memory.forget(ann, told.handle());
        await(() -> server().behind("chela-memory-").points.values().stream()
                .filter(point -> point.payload().toString().contains(ann.tenant()))
                .noneMatch(point -> point.payload().containsKey("keys")));
        assertEquals(0, memory.recall(ann, "where is the xylophone?").hits().size());
    }

    @Test
    void while_qdrant_is_away_recall_goes_on_and_afterwards_all_is_caught_up() {
        memory.remember(ann, "the lift is out of order");
        memory.recall(ann, "is the lift out of order?");
        server().fail(Status.UNAVAILABLE);
        memory.remember(ann, "the stairs are closed on Monday");
        assertEquals(
                "the stairs are closed on Monday",
                memory.recall(ann, "when are the stairs closed?")
                        .hits()
                        .getFirst()
                        .fact()
                        .text());
        assertTrue(index.state().contains("Qdrant"), index.state());
        server().fail(null);
        await(() -> {
            memory.recall(ann, "when are the stairs closed?");
            return facts() == 2;
        });
    }

    @Test
    void the_collection_is_named_after_the_history_of_the_database() {
        memory.remember(ann, "the staging database is db-17");
        memory.recall(ann, "which database does staging use?");
        String history = memory.read(ann, String.class, "select id from history where active")
                .getFirst();
        assertTrue(server().collections.containsKey("chela-memory-" + history + "-1"));
    }

    private FakeQdrant server() {
        return Objects.requireNonNull(given);
    }

    private long facts() {
        return server().behind("chela-memory-").points.values().stream()
                .filter(point -> point.payload().toString().contains(ann.tenant())
                        && point.payload().containsKey("keys"))
                .count();
    }

    private String points() {
        return server().behind("chela-memory-").points.values().toString();
    }

    private static void await(BooleanSupplier condition) {
        for (long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
                !condition.getAsBoolean();
                LockSupport.parkNanos(20_000_000)) if (System.nanoTime() > end) throw new AssertionError("not in time");
    }
}
