package ai.chela.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.ScheduleRequested.Verb;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.schedule.TriggerView;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.scheduler.watch.CheckFlow;
import ai.chela.scheduler.watch.Problem;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "scheduler"))
class WatchesTest {
    @Inject
    SchedulerBench bench;

    @Inject
    CheckFlow checks;

    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;
    private volatile CountDownLatch awaiting = new CountDownLatch(0);
    private volatile int status = 200;
    private volatile String location = "";

    WatchesTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void theServerAnswers() {
        bench.personIs(true);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            try {
                awaiting.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            if (!location.isEmpty()) exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void theServerEnds() {
        server.stop(0);
    }

    @Test
    void a_private_address_is_watched_only_after_an_approval() {
        ScheduleChanged.Refused refused = (ScheduleChanged.Refused) bench.ask(watch(url("127.0.0.1"), null));
        assertEquals("watch.needs-approval", refused.code());
        TriggerView view = created(watch(url("127.0.0.1"), "A7"));
        assertEquals("w", view.handle().substring(0, 1));
        assertEquals(Duration.ofHours(1), view.interval());
    }

    @Test
    void going_bad_is_told_once_after_two_failures_and_recovery_once() {
        TriggerView view = created(watch(url("localhost"), "A7"));
        checked(view, 200);
        checked(view, 503);
        assertEquals(List.of(), bench.fired());
        checked(view, 503);
        TriggerFired.Alert alert = (TriggerFired.Alert) bench.awaitFired(1).getFirst();
        assertEquals(503, alert.status());
        checked(view, 503);
        checked(view, 200);
        TriggerFired.Recovery recovery =
                (TriggerFired.Recovery) bench.awaitFired(2).get(1);
        assertEquals(alert.since(), recovery.badSince());
        checked(view, 200);
        assertEquals(2, bench.fired().size());
    }

    @Test
    void a_refused_connection_is_a_failure_with_its_reason() {
        TriggerView view = created(watch(url("127.0.0.1"), "A7"));
        checked(view, 200);
        server.stop(0);
        checkTwice(view);
        TriggerFired.Alert alert = (TriggerFired.Alert) bench.awaitFired(1).getFirst();
        assertNull(alert.status());
        assertEquals(Problem.REFUSED.in("en"), alert.problem());
    }

    @Test
    void a_redirect_to_one_of_chelas_own_services_is_a_failure_that_never_connects() {
        location = "http://localhost:25001/";
        TriggerView view = created(watch(url("127.0.0.1"), "A7"));
        status = 302;
        checkTwice(view);
        TriggerFired.Alert alert = (TriggerFired.Alert) bench.awaitFired(1).getFirst();
        assertEquals(Problem.OWN_SERVICE.in("en"), alert.problem());
    }

    @Test
    void an_approval_covers_no_redirect_to_another_private_address() {
        location = "http://10.255.255.1/";
        TriggerView view = created(watch(url("127.0.0.1"), "A7"));
        status = 302;
        checkTwice(view);
        TriggerFired.Alert alert = (TriggerFired.Alert) bench.awaitFired(1).getFirst();
        assertEquals(Problem.PRIVATE.in("en"), alert.problem());
    }

    @Test
    void a_redirect_loop_ends() {
        location = "/again";
        TriggerView view = created(watch(url("127.0.0.1"), "A7"));
        status = 302;
        checkTwice(view);
        TriggerFired.Alert alert = (TriggerFired.Alert) bench.awaitFired(1).getFirst();
        assertEquals(Problem.REDIRECTS.in("en"), alert.problem());
    }

    @Test
    void chelas_own_services_are_refused_by_every_name_of_this_machine_even_when_approved() {
        for (String host : List.of("127.0.0.1", "localhost", "127.3.2.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0")) {
            ScheduleChanged answer = bench.ask(watch("http://" + host + ":25001/q/health", "A7"));
            assertEquals(
                    "watch.own-service",
                    assertInstanceOf(ScheduleChanged.Refused.class, answer).code(),
                    host);
        }
    }

    @Test
    void a_name_that_does_not_exist_is_refused() {
        ScheduleChanged answer = bench.ask(watch("http://nowhere.invalid/", null));
        assertEquals("watch.url", ((ScheduleChanged.Refused) answer).code());
    }

    @Test
    void a_url_with_a_password_is_refused() {
        ScheduleChanged answer = bench.ask(watch("http://li:secret@127.0.0.1/", "A7"));
        assertEquals("watch.url", ((ScheduleChanged.Refused) answer).code());
    }

    @Test
    void however_many_race_for_a_due_check_the_address_is_asked_once() {
        TriggerView view = created(watch(url("127.0.0.1"), "A7"));
        checked(view, 200);
        String id = idOf(view);
        int before = asked.get();
        bench.in(unit -> unit.execute("update watch set check_at = now() where id = ?1", id));
        List<Uni<Void>> racing = IntStream.range(0, 6)
                .mapToObj(_ -> checks.check(new Work("acme", id)))
                .toList();
        Uni.join().all(racing).andCollectFailures().await().atMost(SchedulerBench.LIMIT);
        awaitChecked(view);
        assertEquals(before + 1, asked.get());
    }

    @Test
    void a_check_under_way_on_an_instance_that_was_killed_is_taken_over_when_its_lease_ends() {
        TriggerView view = created(watch(url("127.0.0.1"), "A7"));
        checked(view, 200);
        String id = idOf(view);
        int before = asked.get();
        Instant killed = Instant.now();
        bench.in(unit -> unit.execute(
                "update watch set check_at = now(), fence = fence + 1, lease_until = now() + interval '3.5 seconds'"
                        + " where id = ?1",
                id));
        awaitChecked(view);
        assertEquals(before + 1, asked.get());
        assertTrue(Duration.between(killed, Instant.now()).toMillis() < 5_500);
    }

    @Test
    void a_check_that_was_taken_over_publishes_nothing() {
        TriggerView view = created(watch(url("127.0.0.1"), "A7"));
        checked(view, 200);
        checked(view, 503);
        int before = asked.get();
        awaiting = new CountDownLatch(1);
        change(view, Verb.RUN_NOW);
        await(() -> asked.get() > before);
        String id = idOf(view);
        bench.in(unit -> unit.execute(
                "update watch set fence = fence + 1, lease_until = null, check_at = now() + interval '1 hour'"
                        + " where id = ?1",
                id));
        awaiting.countDown();
        checked(view, 200);
        assertEquals(List.of(), bench.fired());
    }

    @Test
    void a_check_that_takes_long_stays_with_its_holder() {
        TriggerView view = created(watch(url("127.0.0.1"), "A7"));
        checked(view, 200);
        int before = asked.get();
        awaiting = new CountDownLatch(1);
        change(view, Verb.RUN_NOW);
        Instant begun = Instant.now();
        await(() -> Duration.between(begun, Instant.now()).toMillis() > 5_000);
        awaiting.countDown();
        awaitChecked(view);
        assertEquals(before + 1, asked.get());
    }

    @Test
    void a_paused_watch_checks_nothing_and_a_cancelled_one_is_gone() {
        TriggerView view = created(watch(url("127.0.0.1"), "A7"));
        checked(view, 200);
        change(view, Verb.PAUSE);
        assertNull(checkAt(view));
        ScheduleChanged answer = bench.ask(new ScheduleRequested.Change(Ids.random(), view.handle(), Verb.RUN_NOW));
        assertEquals("schedule.paused", ((ScheduleChanged.Refused) answer).code());
        change(view, Verb.CANCEL);
        assertEquals(0L, watchRows(view));
    }

    /** Has it checked now, with that answer, and waits for the check's end. */
    private void checked(TriggerView view, int answer) {
        status = answer;
        awaitChecked(view);
        check(view);
    }

    private void checkTwice(TriggerView view) {
        awaitChecked(view);
        check(view);
        check(view);
    }

    private void check(TriggerView view) {
        change(view, Verb.RUN_NOW);
        awaitChecked(view);
    }

    /** A check is over when the next one lies ahead and nobody holds the watch. */
    private void awaitChecked(TriggerView view) {
        String id = idOf(view);
        long limit = System.nanoTime() + SchedulerBench.LIMIT.toNanos();
        while (bench.in(unit -> unit.query(
                                Long.class,
                                "select count(*) from watch where id = ?1 and lease_until is null and check_at > now()",
                                id))
                        .getFirst()
                != 1L) if (System.nanoTime() > limit) throw new AssertionError("never checked");
    }

    private static void await(BooleanSupplier condition) {
        long limit = System.nanoTime() + SchedulerBench.LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) throw new AssertionError("waited in vain");
            Thread.onSpinWait();
        }
    }

    private @Nullable Instant checkAt(TriggerView view) {
        String id = idOf(view);
        return bench
                .in(unit -> unit.query(
                        Instant.class, "select check_at from watch where id = ?1 and check_at is not null", id))
                .stream()
                .findFirst()
                .orElse(null);
    }

    private long watchRows(TriggerView view) {
        String id = idOf(view);
        return bench.in(unit -> unit.query(Long.class, "select count(*) from watch where id = ?1", id))
                .getFirst();
    }

    private void change(TriggerView view, Verb verb) {
        ScheduleChanged answer = bench.ask(new ScheduleRequested.Change(Ids.random(), view.handle(), verb));
        assertInstanceOf(ScheduleChanged.Changed.class, answer);
    }

    private TriggerView created(ScheduleRequested request) {
        return assertInstanceOf(ScheduleChanged.Created.class, bench.ask(request))
                .trigger();
    }

    private String url(String host) {
        return "http://" + host + ":" + server.getAddress().getPort() + "/health";
    }

    private static ScheduleRequested.Watch watch(String url, @Nullable String approved) {
        return new ScheduleRequested.Watch(Ids.random(), url, Duration.ofHours(1), 200, "UTC", "en", approved);
    }

    private String idOf(TriggerView view) {
        return bench.in(unit -> unit.query(String.class, "select id from trigger where handle = ?1", view.handle()))
                .getFirst();
    }
}
