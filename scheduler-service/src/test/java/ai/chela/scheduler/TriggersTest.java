package ai.chela.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.ScheduleRequested.Action;
import ai.chela.contracts.schedule.ScheduleRequested.Verb;
import ai.chela.contracts.schedule.Timing;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.schedule.TriggerView;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.scheduler.due.DueFlow;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "scheduler"))
class TriggersTest {
    @Inject
    SchedulerBench bench;

    @Inject
    DueFlow due;

    @BeforeEach
    void thePersonIsKnown() {
        bench.personIs(true);
    }

    @Test
    void a_reminder_is_created_with_its_time_and_fires_once_on_time() {
        Instant at = Instant.now().plusMillis(1_500);
        TriggerView view = created(remind(new Timing.Once(at)));
        assertTrue(view.handle().startsWith("t-"));
        assertEquals(1, view.next().size());
        TriggerFired.Due fired = (TriggerFired.Due) bench.awaitFired(1).getFirst();
        assertEquals(view.next().getFirst(), fired.dueAt());
        assertEquals(0, fired.missed());
        assertTrue(!fired.late());
        assertTrue(
                bench.firedHeaders().getFirst().contains("trigger:" + view.handle() + ";for=" + bench.person()),
                bench.firedHeaders().getFirst());
    }

    @Test
    void a_recurring_reminder_shows_its_next_three_times() {
        TriggerView view = created(remind(new Timing.Daily(LocalTime.of(9, 0))));
        assertEquals(3, view.next().size());
        assertEquals(view.next().get(0).plus(Duration.ofDays(1)), view.next().get(1));
    }

    @Test
    void an_interval_fires_again_and_again_until_it_is_cancelled() {
        created(remind(new Timing.Every(Duration.ofSeconds(1))));
        List<TriggerFired> twice = bench.awaitFired(2);
        change("last", Verb.CANCEL);
        int atCancel = bench.fired().size();
        assertTrue(atCancel >= twice.size());
        assertEquals(
                1,
                bench.fired().stream()
                        .map(f -> ((TriggerFired.Due) f).dueAt())
                        .filter(((TriggerFired.Due) twice.getFirst()).dueAt()::equals)
                        .count());
        refused("schedule.unknown-handle", new ScheduleRequested.Change(Ids.random(), "last", Verb.CANCEL));
    }

    @Test
    void however_many_race_for_a_due_trigger_it_fires_once() {
        TriggerView view = created(remind(new Timing.Daily(LocalTime.of(9, 0))));
        String id = idOf(view);
        bench.in(unit -> unit.execute("update trigger set due_at = now() where id = ?1", id));
        List<Uni<Void>> racing = IntStream.range(0, 8)
                .mapToObj(_ -> due.fire(new Work("acme", id)))
                .toList();
        Uni.join().all(racing).andCollectFailures().await().atMost(SchedulerBench.LIMIT);
        assertEquals(1, bench.fired().size());
    }

    @Test
    void what_was_due_while_the_service_was_down_fires_once_late_and_goes_on_regularly() {
        TriggerView view = created(remind(new Timing.Every(Duration.ofMinutes(10))));
        Instant missedFirst = view.next().getFirst().minus(Duration.ofMinutes(40));
        String id = idOf(view);
        bench.in(unit -> unit.execute("update trigger set due_at = ?1, wake_at = ?1 where id = ?2", missedFirst, id));
        TriggerFired.Due fired = (TriggerFired.Due) bench.awaitFired(1).getFirst();
        assertTrue(fired.late());
        assertEquals(3, fired.missed());
        assertEquals(view.next(), listed().getFirst().next());
    }

    @Test
    void a_request_that_waited_for_the_service_fires_late_instead_of_being_refused() {
        Instant asked = Instant.now().minusSeconds(120);
        bench.ask(bench.person(), asked, remind(new Timing.Once(asked.plusSeconds(20))));
        assertTrue(((TriggerFired.Due) bench.awaitFired(1).getFirst()).late());
    }

    @Test
    void a_paused_reminder_has_no_times_and_resumes_in_the_future() {
        TriggerView view = created(remind(new Timing.Every(Duration.ofHours(1))));
        TriggerView paused = change(view.handle(), Verb.PAUSE);
        assertEquals("paused", paused.state());
        assertEquals(List.of(), paused.next());
        assertEquals(view.next(), change(view.handle(), Verb.RESUME).next());
    }

    @Test
    void run_now_fires_and_leaves_the_schedule() {
        TriggerView view = created(remind(new Timing.Every(Duration.ofHours(1))));
        assertEquals(view.next(), change("last", Verb.RUN_NOW).next());
        assertEquals(1, bench.awaitFired(1).size());
    }

    @Test
    void somebody_elses_trigger_is_not_touched() {
        TriggerView view = created(remind(new Timing.Every(Duration.ofHours(1))));
        ScheduleChanged answer =
                bench.ask("eve", Instant.now(), new ScheduleRequested.Change(Ids.random(), view.handle(), Verb.CANCEL));
        assertEquals("schedule.not-yours", ((ScheduleChanged.Refused) answer).code());
        assertEquals("active", listed().getFirst().state());
    }

    @Test
    void a_handle_that_does_not_exist_is_refused() {
        refused("schedule.unknown-handle", new ScheduleRequested.Change(Ids.random(), "t-999999", Verb.PAUSE));
    }

    @Test
    void a_trigger_of_someone_who_left_is_dropped_and_says_so() {
        TriggerView view = created(remind(new Timing.Once(Instant.now().plusSeconds(1))));
        bench.personIs(false);
        TriggerFired.Dropped dropped =
                (TriggerFired.Dropped) bench.awaitFired(1).getFirst();
        assertEquals("owner.inactive", dropped.code());
        assertEquals(view.handle(), dropped.handle());
    }

    @Test
    void a_reminder_in_the_past_is_refused() {
        refused("schedule.past", remind(new Timing.Once(Instant.now().minusSeconds(60))));
    }

    private ScheduleRequested.Remind remind(Timing timing) {
        return new ScheduleRequested.Remind(Ids.random(), timing, null, "UTC", "en", Action.REMIND, "check the backup");
    }

    private TriggerView created(ScheduleRequested request) {
        return assertInstanceOf(ScheduleChanged.Created.class, bench.ask(request))
                .trigger();
    }

    private TriggerView change(String handle, Verb verb) {
        ScheduleChanged answer = bench.ask(new ScheduleRequested.Change(Ids.random(), handle, verb));
        return assertInstanceOf(ScheduleChanged.Changed.class, answer).trigger();
    }

    private void refused(String code, ScheduleRequested request) {
        assertEquals(
                code,
                assertInstanceOf(ScheduleChanged.Refused.class, bench.ask(request))
                        .code());
    }

    private List<TriggerView> listed() {
        return ((ScheduleChanged.Listed) bench.ask(new ScheduleRequested.ListAll(Ids.random()))).triggers();
    }

    private String idOf(TriggerView view) {
        return bench.in(unit -> unit.query(String.class, "select id from trigger where handle = ?1", view.handle()))
                .getFirst();
    }
}
