package ai.chela.toolrunner.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.tool.ToolCompleted;
import ai.chela.contracts.tool.ToolDeclared.Effect;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import ai.chela.kit.work.WorkLoop;
import ai.chela.toolrunner.config.ToolRunnerConfig;
import ai.chela.toolrunner.db.PostgresCallStore;
import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolBox;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two instances over one database: the one of the container, and one that is made here, whose tools do not end before
 * they are let.
 */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "tool_runner"))
class TakeOverTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TENANT = "acme";

    @Inject
    Transactions transactions;

    @Inject
    Vertx vertx;

    @Inject
    @ReactiveDataSource("queue")
    Pool queue;

    private final String conversation = Ids.random();
    private final Origin origin =
            new Origin(TENANT, Principal.person("li"), conversation, "turn-1", "asked-" + conversation, null);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch let = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        let.countDown();
    }

    @Test
    void a_call_that_outlasts_its_lease_stays_with_its_holder() throws InterruptedException {
        CallFlow flow = begin("shell.run", Map.of("command", "true"), Function.identity());
        Instant first = lease();
        await(() -> lease(), now -> now.isAfter(first.plusMillis(3_500)));
        let.countDown();
        assertEquals("let", results(1).getFirst().text());
        assertEquals(0, fenced());
        flow.stop(new ShutdownEvent());
    }

    @Test
    void a_call_of_a_paused_instance_is_taken_over_and_what_it_comes_to_later_is_thrown_away()
            throws InterruptedException {
        CallFlow flow = begin("calc.evaluate", Map.of("expression", "6*7"), PausedStore::new);
        Instant asleep = Instant.now();
        assertEquals("6*7 = 42", results(1).getFirst().text());
        assertTrue(Duration.between(asleep, Instant.now()).toSeconds() < 6);
        let.countDown();
        await(this::fenced, count -> count == 1);
        assertEquals(1, results(1).size());
        flow.stop(new ShutdownEvent());
    }

    @Test
    void a_holder_that_learns_of_its_lost_lease_stops_the_tool() throws InterruptedException {
        CallFlow flow = begin("shell.run", Map.of("command", "true"), Function.identity());
        in(unit -> unit.execute(
                "update tool_call set fence = fence + 1, holder = 'third', lease_until = now() + interval '1 hour'"
                        + " where id = ?1",
                "call-" + conversation));
        assertTrue(interrupted.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        await(this::fenced, count -> count == 1);
        assertEquals(List.of(), completed());
        flow.stop(new ShutdownEvent());
    }

    @Test
    void an_orderly_stop_hands_over_what_does_not_end_in_time() throws InterruptedException {
        CallFlow flow = begin("shell.run", Map.of("command", "true"), Function.identity());
        flow.stop(new ShutdownEvent());
        Instant stopped = Instant.now();
        assertTrue(interrupted.await(0, TimeUnit.MILLISECONDS));
        assertInstanceOf(ToolCompleted.Unknown.class, results(1).getFirst());
        assertTrue(Duration.between(stopped, Instant.now()).toMillis() < 2_500);
    }

    @Test
    void an_orderly_stop_waits_for_what_ends_soon() throws InterruptedException {
        CallFlow flow = begin("shell.run", Map.of("command", "true"), Function.identity());
        vertx.setTimer(500, _ -> let.countDown());
        flow.stop(new ShutdownEvent());
        assertEquals("let", results(1).getFirst().text());
    }

    /** An instance whose only call has begun. */
    private CallFlow begin(String tool, Map<String, Object> args, Function<CallStore, CallStore> store)
            throws InterruptedException {
        CallFlow flow = new CallFlow(
                store.apply(new PostgresCallStore(queue, "another")),
                transactions,
                new CallRunner(new ToolBox(List.of(new Held(tool))), Clock.systemUTC()),
                meters,
                new OneAtOnce(),
                vertx);
        flow.start(new StartupEvent());
        ToolRequested request = new ToolRequested(
                "call-" + conversation, tool, args, "en", "UTC", Instant.now().plus(LIMIT), null);
        in(unit -> flow.take(unit, new Received<>(envelope(), request)));
        assertTrue(begun.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        return flow;
    }

    private Envelope envelope() {
        return new Envelope(
                "asked-" + conversation,
                Topic.TOOL_REQUESTED.topicName(),
                "chela/agent",
                Instant.now(),
                TENANT,
                origin.principal(),
                conversation,
                "turn-1",
                null,
                1,
                null);
    }

    private Instant lease() {
        return in(unit -> unit.query(
                        Instant.class, "select lease_until from tool_call where id = ?1", "call-" + conversation))
                .getFirst();
    }

    private int fenced() {
        return (int) meters.counter("tool.results.fenced").count();
    }

    private List<ToolCompleted> results(int count) {
        return await(this::completed, found -> found.size() >= count);
    }

    private List<ToolCompleted> completed() {
        return in(unit -> unit.query(
                        byte[].class,
                        "select payload from outbox where topic = ?1 and key = ?2 order by number",
                        Topic.TOOL_COMPLETED.topicName(),
                        TENANT + "/" + conversation))
                .stream()
                .map(bytes -> WireJson.read(bytes, ToolCompleted.class))
                .toList();
    }

    private <T> T in(Function<UnitOfWork, Uni<T>> work) {
        return transactions.run("test", origin, work).await().atMost(LIMIT);
    }

    private static <T> T await(java.util.function.Supplier<T> now, Predicate<T> until) {
        Instant limit = Instant.now().plus(LIMIT);
        T found = now.get();
        while (!until.test(found)) {
            if (Instant.now().isAfter(limit)) throw new AssertionError("waited in vain; there is " + found);
            Thread.onSpinWait();
            found = now.get();
        }
        return found;
    }

    private record OneAtOnce() implements ToolRunnerConfig {
        @Override
        public int parallel() {
            return 1;
        }

        @Override
        public Sandbox sandbox() {
            throw new AssertionError("there is no sandbox");
        }
    }

    /** Takes the name of a real tool, which the container's instance has. */
    private final class Held implements Tool {
        private final String name;

        private Held(String name) {
            this.name = name;
        }

        @Override
        public Declaration declaration() {
            Map<String, Object> schema = name.equals("shell.run")
                    ? Schema.object().text("command", 100, "").build()
                    : Schema.object().text("expression", 100, "").build();
            return new Declaration(name, "1", "", schema, Effect.WRITE, false, new Limits(LIMIT, 100));
        }

        @Override
        public ToolResult run(Arguments args, ToolContext context) throws InterruptedException {
            begun.countDown();
            try {
                let.await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
            }
            return new ToolResult.Ok("let", Map.of());
        }
    }

    /** The store of an instance that sleeps past its leases: what it should renew it does not. */
    private record PausedStore(CallStore awake) implements CallStore {
        @Override
        public Uni<Set<Call.Key>> renew(Collection<Call.Key> calls, Duration lease) {
            return Uni.createFrom().item(Set.copyOf(calls));
        }

        @Override
        public Uni<Void> add(UnitOfWork unit, ToolRequested request, Origin origin, Lane lane) {
            return awake.add(unit, request, origin, lane);
        }

        @Override
        public Uni<Optional<Call>> addTaken(
                UnitOfWork unit, ToolRequested request, Origin origin, Lane lane, Duration lease) {
            return awake.addTaken(unit, request, origin, lane, lease);
        }

        @Override
        public Uni<List<WorkLoop.Work>> due(Lane lane, int most, int share) {
            return Uni.createFrom().item(List.of());
        }

        @Override
        public Uni<Optional<Call>> take(UnitOfWork unit, String id, Duration lease) {
            return awake.take(unit, id, lease);
        }

        @Override
        public Uni<Void> release(Collection<Call> calls, boolean started) {
            return awake.release(calls, started);
        }

        @Override
        public Uni<Boolean> finish(UnitOfWork unit, Call call, String outcome) {
            return awake.finish(unit, call, outcome);
        }

        @Override
        public Uni<Void> removeFinished(Duration age) {
            return awake.removeFinished(age);
        }
    }
}
