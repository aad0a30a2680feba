package ai.chela.memory.db;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.TestMasterKey;
import ai.chela.memory.crypto.ScopeKeys;
import ai.chela.memory.crypto.WrongKeyException;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.keys.KeyRing;
import ai.chela.memory.keys.Renewals.Progress;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** An instance that keeps keys in memory while another one renews them. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class KeyStoreTest {
    private static final Scope ANNS = new Scope.Person("ann");

    @Inject
    MemoryDriver memory;

    @Inject
    KeyRing ring;

    @Inject
    Transactions transactions;

    @Inject
    @ReactiveDataSource("queue")
    Pool queue;

    private final Voice ann = new Voice("t-" + Ids.random(), "ann", false);

    @Test
    void one_that_has_missed_a_renewal_writes_with_the_new_key_and_reads_what_is_under_it() {
        memory.remember(ann, "the lift is out of order");
        KeyStore late = new KeyStore(ring);
        ScopeKeys before = within(unit -> late.opening(unit, ANNS, List.of(1L)));
        renewed();
        assertArrayEquals(
                before.key(),
                within(unit -> late.opening(unit, ANNS, List.of(1L))).key());
        ScopeKeys now = within(unit -> late.writing(unit, ANNS));
        assertEquals(2, now.generation());
        assertFalse(now.opens(1));
        assertEquals(2, within(unit -> late.opening(unit, ANNS, List.of(2L))).generation());
    }

    @Test
    void what_is_under_a_key_that_was_destroyed_does_not_open() {
        memory.remember(ann, "the lift is out of order");
        renewed();
        ScopeKeys now = within(unit -> new KeyStore(ring).opening(unit, ANNS, List.of(1L)));
        assertThrows(WrongKeyException.class, () -> now.under(1));
    }

    private void renewed() {
        RenewalStore renewals = new RenewalStore(queue, new KeyStore(ring), ring);
        memory.read(
                ann,
                String.class,
                "insert into key_renewal (tenant, scope) values (?1, 'person:ann') returning scope",
                ann.tenant());
        Progress progress = new Progress.Later();
        while (!(progress instanceof Progress.Done))
            progress = within(unit -> renewals.step(unit, ANNS.stored(), 0, Duration.ZERO));
    }

    private <T> T within(Function<UnitOfWork, Uni<T>> work) {
        return transactions
                .run("test", Origin.first(ann.tenant(), Principal.person("ann"), "c"), work)
                .await()
                .atMost(Duration.ofSeconds(20));
    }
}
