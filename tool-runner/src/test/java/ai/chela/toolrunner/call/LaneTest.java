package ai.chela.toolrunner.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.tool.ToolDeclared.Effect;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An instance with two places for what may hang, and a command that hangs. Another instance, the container's, is beside it. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "tool_runner"))
class LaneTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    Transactions transactions;

    @Inject
    Vertx vertx;

    @Inject
    @ReactiveDataSource("queue")
    Pool queue;

    private final String tenant = "t-" + Ids.random();
    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final CountDownLatch let = new CountDownLatch(1);
    private CallStore store;
    private CallFlow flow;

    @BeforeEach
    void begin() {
        store = new PostgresCallStore(queue, "another-" + tenant);
        flow = new CallFlow(
                store,
                transactions,
                new CallRunner(
                        new ToolBox(
                                List.of(new Noted("shell.run", LIMIT), new Noted("time.now", Duration.ofSeconds(5)))),
                        Clock.systemUTC()),
                new SimpleMeterRegistry(),
                new TwoAtOnce(),
                vertx);
        flow.start(new StartupEvent());
    }

    @AfterEach
    void end() throws InterruptedException {
        let.countDown();
        flow.stop(new ShutdownEvent());
    }

    @Test
    void a_quick_call_does_not_wait_behind_commands_that_hang() throws InterruptedException {
        ask("li", "shell.run", "1");
        ask("wang", "shell.run", "2");
        assertEquals(
                List.of("1", "2"), List.of(next(), next()).stream().sorted().toList());
        ask("li", "time.now", "3");
        assertEquals("3", next());
    }

    @Test
    void one_persons_hanging_commands_leave_a_place_for_another_person() throws InterruptedException {
        ask("li", "shell.run", "1");
        assertEquals("1", next());
        ask("li", "shell.run", "2");
        ask("wang", "shell.run", "3");
        assertEquals("3", next());
    }

    @Test
    void of_those_who_wait_the_one_comes_first_for_whom_nothing_runs() {
        List<String> added = List.of("li", "li", "li", "wang");
        // locked, so that the other instance leaves them alone, from before they become due
        Instant due = Instant.now().plusSeconds(1);
        for (int i = 0; i < added.size(); i++) keep(added.get(i), String.valueOf(i), due);
        List<String> order = in(
                "li",
                unit -> unit.query(
                                String.class,
                                "select id from tool_call where tenant = ?1 order by id for update",
                                tenant)
                        .chain(_ -> whenDue())
                        .call(() -> unit.execute("delete from tool_call where tenant = ?1", tenant)));
        assertEquals(
                List.of("0", "3", "1"),
                order.stream().map(id -> id.substring(tenant.length())).toList());
    }

    private Uni<List<String>> whenDue() {
        return store.due(Lane.LONG, 1_000, 2)
                .map(due -> due.stream()
                        .map(WorkLoop.Work::id)
                        .filter(id -> id.startsWith(tenant))
                        .toList())
                .chain(due -> due.size() < 3 ? whenDue() : Uni.createFrom().item(due));
    }

    private void keep(String person, String id, Instant due) {
        in(
                person,
                unit -> store.add(unit, request("shell.run", id), unit.origin(), Lane.LONG)
                        .chain(() -> unit.execute(
                                "update tool_call set lease_until = ?3 where tenant = ?1 and id = ?2",
                                unit.tenant(),
                                tenant + id,
                                due)));
    }

    private void ask(String person, String tool, String id) {
        in(person, unit -> flow.take(unit, new Received<>(envelope(person, id), request(tool, id))));
    }

    private @Nullable String next() throws InterruptedException {
        return begun.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ToolRequested request(String tool, String id) {
        return new ToolRequested(
                tenant + id, tool, Map.of("id", id), "en", "UTC", Instant.now().plus(LIMIT), null);
    }

    private Envelope envelope(String person, String id) {
        return new Envelope(
                "asked-" + tenant + id,
                Topic.TOOL_REQUESTED.topicName(),
                "chela/agent",
                Instant.now(),
                tenant,
                Principal.person(person),
                "c",
                "turn-1",
                null,
                1,
                null);
    }

    private <T> T in(String person, Function<UnitOfWork, Uni<T>> work) {
        Origin origin = new Origin(tenant, Principal.person(person), "c", "turn-1", "cause-" + Ids.random(), null);
        return transactions.run("test", origin, work).await().atMost(LIMIT);
    }

    private record TwoAtOnce() implements ToolRunnerConfig {
        @Override
        public int parallel() {
            return 2;
        }

        @Override
        public Sandbox sandbox() {
            throw new AssertionError("there is no sandbox");
        }
    }

    /** Notes its begin, and does not end before it is let. */
    private final class Noted implements Tool {
        private final Declaration declaration;

        private Noted(String name, Duration deadline) {
            this.declaration = new Declaration(
                    name,
                    "1",
                    "",
                    Schema.object().text("id", 100, "").build(),
                    Effect.WRITE,
                    false,
                    new Limits(deadline, 100));
        }

        @Override
        public Declaration declaration() {
            return declaration;
        }

        @Override
        public ToolResult run(Arguments args, ToolContext context) throws InterruptedException {
            begun.add(args.text("id"));
            let.await();
            return new ToolResult.Ok("let", Map.of());
        }
    }
}
