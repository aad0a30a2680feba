package ai.chela.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.test.TestStack;
import ai.chela.scheduler.config.SchedulerConfig;
import ai.chela.scheduler.due.DueFlow;
import ai.chela.scheduler.due.DueLoop;
import ai.chela.scheduler.due.DueWork;
import ai.chela.scheduler.trigger.TriggerStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over one database: the one of the container, and one that is made here. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "scheduler"))
class TwoInstancesTest {
    private static final int MANY = 300;

    @Inject
    SchedulerBench bench;

    @Inject
    DueWork work;

    @Inject
    Transactions transactions;

    @Inject
    TriggerStore triggers;

    @Inject
    Vertx vertx;

    @Inject
    SchedulerConfig config;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void thePersonIsKnown() {
        bench.personIs(true);
    }

    @Test
    void each_of_many_due_triggers_is_fired_once_by_one_of_the_two() {
        MeterRegistry others = new SimpleMeterRegistry();
        DueLoop other = new DueLoop(work, new DueFlow(transactions, triggers, others), vertx, config);
        double before = asked(meters);
        insert("due-", MANY, "now() + interval '300 milliseconds'", "ASK");
        other.start();
        List<TriggerFired> fired = bench.awaitFired(MANY);
        other.stop();
        assertEquals(MANY, fired.stream().map(TriggerFired::handle).distinct().count());
        assertEquals(MANY, (int) (asked(meters) - before + asked(others)));
        assertEquals(
                (long) MANY,
                bench.in(unit -> unit.query(
                                Long.class,
                                "select count(*) from trigger where owner = ?1 and state = 'FINISHED'",
                                bench.person()))
                        .getFirst());
    }

    /** Statistics are those of a table that was never analysed, as after a first import. */
    @Test
    void no_statement_reads_all_of_a_hundred_thousand_triggers() {
        insert("far-", 100_000, "now() + interval '1 hour'", "REMIND");
        for (String hot : List.of(
                "select tenant, id from trigger where wake_at <= now() + interval '2 seconds' order by wake_at limit 9",
                "select * from trigger where tenant = 'acme' and id = 'far-77' for update skip locked",
                "select * from trigger where tenant = 'acme' and handle = 'far-77' for update",
                "update trigger set state = 'PAUSED' where tenant = 'acme' and id = 'far-77'",
                "delete from trigger where ended_at < now() - interval '72 hours'")) {
            List<String> lines = bench.in(unit -> unit.query(String.class, "explain " + hot));
            String plan = String.join("\n", lines);
            assertFalse(plan.contains("Seq Scan on trigger"), plan);
        }
        bench.in(unit -> unit.execute("delete from trigger where id like 'far-%'"));
    }

    private static double asked(MeterRegistry of) {
        return of.counter("trigger.fires", "kind", "ask").count();
    }

    /** Reminders that are due once. */
    private void insert(String prefix, int count, String due, String action) {
        String timing = "{\"kind\":\"once\",\"at\":\"' || to_char((" + due
                + ") at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') || '\"}";
        bench.in(unit -> unit.execute(
                """
                insert into trigger (tenant, id, handle, state, owner, conversation, zone, language, body, action, timing,
                                     made_at, due_at, wake_at)
                select 'acme', %1$s || n, %1$s || n, 'ACTIVE', ?1, ?2, 'UTC', 'en', 'check', ?3, '%2$s',
                       now(), date_trunc('milliseconds', %3$s), date_trunc('milliseconds', %3$s)
                from generate_series(1, ?4::int) n
                """.formatted("'" + prefix + "'", timing, due), bench.person(), bench.conversation(), action, count));
    }
}
