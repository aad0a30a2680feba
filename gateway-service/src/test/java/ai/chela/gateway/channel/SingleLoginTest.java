package ai.chela.gateway.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Principal;
import ai.chela.gateway.GatewayCase;
import ai.chela.gateway.channel.SingleLogin.Sending;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.wire.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances and one login. */
@QuarkusTest
class SingleLoginTest extends GatewayCase {
    @Inject
    Transactions transactions;

    @Inject
    Outbound outbound;

    private final String channel = "test-" + Ids.random();
    private final AtomicLong clock = new AtomicLong();
    private final List<String> sent = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // made before each test
    private SingleLogin one;

    @SuppressWarnings("NullAway.Init") // made before each test
    private SingleLogin other;

    @BeforeEach
    void meet() {
        one = new SingleLogin(channel, "local", "one", transactions, outbound, clock::get);
        other = new SingleLogin(channel, "local", "other", transactions, outbound, clock::get);
    }

    @Test
    void one_instance_at_a_time_may_log_in() {
        assertTrue(await(one.mayLogIn()));
        assertFalse(await(other.mayLogIn()));
        await(one.release());
        assertTrue(await(other.mayLogIn()));
    }

    @Test
    void what_waits_is_sent_once_and_in_order() {
        store("first");
        store("second");
        await(one.mayLogIn());
        await(one.drain(this::send));
        await(one.drain(this::send));
        assertEquals(List.of("first", "second"), sent);
    }

    @Test
    void a_holder_whose_lease_another_one_has_sends_nothing() {
        store("hello");
        await(one.mayLogIn());
        loseLease();
        assertTrue(await(other.mayLogIn()));
        await(one.drain(this::send));
        assertEquals(List.of(), sent);
        await(other.drain(this::send));
        assertEquals(List.of("hello"), sent);
    }

    @Test
    void a_holder_that_is_paused_after_it_began_sends_nothing_when_it_wakes_up() {
        store("hello");
        await(one.mayLogIn());
        await(one.drain(part -> {
            clock.addAndGet(Lease.LENGTH.toNanos());
            return one.holds() ? send(part) : Uni.createFrom().item(Sending.NOT_SENT);
        }));
        assertEquals(List.of(), sent);
    }

    @Test
    void a_holder_that_was_paused_asks_for_the_lease_before_it_sends() {
        store("hello");
        await(one.mayLogIn());
        clock.addAndGet(Lease.LENGTH.toNanos());
        await(one.drain(this::send));
        assertEquals(List.of(), sent);
        await(one.mayLogIn());
        await(one.drain(this::send));
        assertEquals(List.of("hello"), sent);
    }

    @Test
    void what_certainly_did_not_leave_is_sent_as_the_first_time() {
        store("hello");
        await(one.mayLogIn());
        await(one.drain(_ -> Uni.createFrom().item(Sending.NOT_SENT)));
        assertEquals(0, attemptsOfNext());
    }

    @Test
    void what_nobody_can_tell_about_is_known_to_have_been_begun() {
        store("hello");
        await(one.mayLogIn());
        await(one.drain(_ -> Uni.createFrom().item(Sending.UNKNOWN)));
        assertEquals(1, attemptsOfNext());
    }

    private int attemptsOfNext() {
        List<Integer> attempts = new ArrayList<>();
        await(one.drain(part -> {
            attempts.add(part.attempts());
            return send(part);
        }));
        return attempts.getFirst();
    }

    private Uni<Sending> send(Outbound.Part part) {
        sent.add(part.text());
        return Uni.createFrom().item(Sending.DONE);
    }

    private void store(String text) {
        await(run(unit -> outbound.store(unit, channel, "anna@localhost", Ids.random(), text)));
    }

    private void loseLease() {
        await(run(unit -> unit.execute(
                "update lease set until = now() - interval '1 second' where tenant = ?1 and name = ?2",
                unit.tenant(),
                channel)));
    }

    private <T> Uni<T> run(Function<ai.chela.kit.tenancy.UnitOfWork, Uni<T>> work) {
        return transactions.run("test", Origin.first("local", Principal.service("gateway"), null), work);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(10));
    }
}
