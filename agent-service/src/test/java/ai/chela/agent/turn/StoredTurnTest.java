package ai.chela.agent.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.journal.Journal;
import ai.chela.contracts.Principal;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "agent"))
class StoredTurnTest {
    private static final TurnState THINKING =
            new TurnState.Thinking(Progress.start(Progress.Source.MODEL, "en", List.of()), 1);

    @Inject
    Transactions transactions;

    private final String id = Ids.random();
    private final Origin origin = Origin.first("journal", Principal.person("li"), "li/" + id);

    @BeforeEach
    void a_turn_that_waits_for_a_model() {
        run(unit -> Journal.append(unit, input(), origin, 0));
        save(THINKING, null);
        run(unit -> Journal.lease(unit, id, Duration.ofMinutes(1)));
    }

    @Test
    void what_does_not_end_the_waiting_leaves_the_lease() {
        save(THINKING, null);
        assertTrue(leased());
    }

    @Test
    void what_ends_the_waiting_ends_the_lease() {
        save(new TurnState.Finished(Progress.start(Progress.Source.MODEL, "en", List.of())), "done");
        assertFalse(leased());
    }

    @Test
    void the_first_thing_said_is_the_answer_and_what_follows_is_kept_with_it() {
        save(THINKING, "one");
        save(THINKING, "two");
        assertEquals(
                List.of("one\n\ntwo"),
                run(unit -> unit.query(String.class, "select answer from turn where id = ?1", id)));
    }

    private void save(TurnState state, @Nullable String said) {
        run(unit -> Journal.lock(unit, id)
                .chain(row -> Journal.save(unit, Objects.requireNonNull(row), state, null, said)));
    }

    private boolean leased() {
        return run(unit -> unit.query(Boolean.class, "select lease_until is not null from turn where id = ?1", id))
                .getFirst();
    }

    private <T> T run(Function<UnitOfWork, Uni<T>> work) {
        return transactions.run("test", origin, work).await().atMost(Duration.ofSeconds(20));
    }

    private TurnInput input() {
        return new TurnInput(
                id,
                "li/" + id,
                "m-1",
                null,
                "http",
                "hello",
                new Speaker("li", "Li", "UTC", "en"),
                "en",
                ZoneOffset.UTC,
                false,
                Mode.PLAIN,
                List.of(),
                null);
    }
}
