package ai.chela.kit.tenancy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Principal;
import ai.chela.kit.test.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestStack.class)
class TransactionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 8;

    @Inject
    Transactions transactions;

    @Test
    void what_fails_leaves_nothing_behind() {
        assertThrows(
                IllegalStateException.class,
                () -> run(unit -> insert(unit, "dropped")
                        .chain(() -> Uni.createFrom().failure(new IllegalStateException("changed its mind")))));
        assertEquals(List.of(0L), run(unit -> count(unit, "dropped")));
    }

    @Test
    void work_that_fails_before_its_first_statement_gives_its_connection_back() {
        for (int i = 0; i < 2 * CONNECTIONS; i++)
            assertThrows(
                    IllegalStateException.class,
                    () -> run(_ -> {
                        throw new IllegalStateException("at once");
                    }));
        assertEquals(List.of(1L), run(unit -> unit.query(Long.class, "select 1::bigint")));
    }

    @Test
    void a_statement_that_fails_tells_its_own_cause() {
        Throwable failure =
                assertThrows(RuntimeException.class, () -> run(unit -> unit.query(Long.class, "select 1 / 0")));
        assertTrue(failure.toString().contains("division by zero"), failure::toString);
    }

    @Test
    void no_connection_is_lost_while_more_is_asked_than_can_be_done() throws InterruptedException {
        int asked = 4_000;
        CountDownLatch open = new CountDownLatch(asked);
        AtomicInteger late = new AtomicInteger();
        // twice of what the connections can do, for so long that those who ask wait until they give up
        for (int i = 0; i < asked; i++) {
            unit(u -> u.query(Long.class, "select 1::bigint from pg_sleep(0.02)"))
                    .onTermination()
                    .invoke(open::countDown)
                    .subscribe()
                    .with(_ -> {}, _ -> late.incrementAndGet());
            if (i % 4 == 3) Thread.sleep(5);
        }
        assertTrue(open.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "some have neither an answer nor a failure");
        assertTrue(late.get() > 0, "nobody waited for too long");
        List<List<Long>> all = Multi.createFrom()
                .range(0, CONNECTIONS)
                .onItem()
                .transformToUni(_ -> unit(u -> u.query(Long.class, "select 1::bigint from pg_sleep(0.3)")))
                .merge(CONNECTIONS)
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(2));
        assertEquals(CONNECTIONS, all.size());
    }

    private static Uni<Integer> insert(UnitOfWork unit, String id) {
        return unit.execute(
                "insert into inbox (tenant, topic, id, key, number, state) values (?1, 't', ?2, 'k', 0, 'applied')",
                unit.tenant(),
                id);
    }

    private static Uni<List<Long>> count(UnitOfWork unit, String id) {
        return unit.query(Long.class, "select count(*) from inbox where tenant = ?1 and id = ?2", unit.tenant(), id);
    }

    private <T> Uni<T> unit(Function<UnitOfWork, Uni<T>> work) {
        return transactions.run("test", Origin.first("acme", Principal.service("test"), null), work);
    }

    private <T> T run(Function<UnitOfWork, Uni<T>> work) {
        return unit(work).await().atMost(LIMIT);
    }
}
