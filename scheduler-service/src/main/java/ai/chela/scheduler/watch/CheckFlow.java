package ai.chela.scheduler.watch;

import ai.chela.contracts.Principal;
import ai.chela.contracts.schedule.Timing;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.kit.fault.CrashPoint;
import ai.chela.kit.fault.CrashPoints;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.scheduler.due.DueFlow;
import ai.chela.scheduler.due.Firing;
import ai.chela.scheduler.due.Schedule;
import ai.chela.scheduler.trigger.Trigger;
import ai.chela.scheduler.trigger.Trigger.Watching;
import ai.chela.scheduler.trigger.TriggerStore;
import ai.chela.scheduler.trigger.TriggerStore.Locked;
import ai.chela.scheduler.watch.CheckOutcome.Answered;
import ai.chela.scheduler.watch.CheckOutcome.Unanswered;
import ai.chela.scheduler.watch.WatchStore.Leased;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks one watch: taken under a lease, asked outside any transaction, and its result (state, next check, alert or
 * recovery) stored in one transaction under the fence. A result that comes too late is thrown away.
 */
@ApplicationScoped
public class CheckFlow {
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(10);

    private record Job(Trigger trigger, Leased<Watch> leased, Duration interval, Instant next) {}

    private final Transactions transactions;
    private final TriggerStore triggers;
    private final WatchStore watches;
    private final HeldLeases leases;
    private final DueFlow due;
    private final UrlCheck urlCheck;
    private final MeterRegistry meters;

    public CheckFlow(
            Transactions transactions,
            TriggerStore triggers,
            WatchStore watches,
            HeldLeases leases,
            DueFlow due,
            UrlCheck urlCheck,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.triggers = triggers;
        this.watches = watches;
        this.leases = leases;
        this.due = due;
        this.urlCheck = urlCheck;
        this.meters = meters;
    }

    /** Checks what is due; does nothing when another instance was quicker or it is not due any more. */
    public Uni<Void> check(Work work) {
        Origin origin = Origin.first(work.tenant(), Principal.service("scheduler"), null);
        return transactions
                .run("watch.lease", origin, unit -> lease(unit, work.id()))
                .chain(job -> job == null ? Uni.createFrom().voidItem() : leased(origin, work, job));
    }

    private Uni<Void> leased(Origin origin, Work work, Job job) {
        CrashPoints.reach(CrashPoint.LEASE_AFTER);
        return leases.during(
                LeaseStore.Kind.CHECK,
                work,
                job.leased().fence(),
                () -> ask(job).chain(outcome -> finish(origin, job, outcome)));
    }

    private Uni<@Nullable Job> lease(UnitOfWork unit, String id) {
        return triggers.claim(unit, id).chain(locked -> {
            if (locked == null
                    || locked.trigger().state() != Trigger.State.ACTIVE
                    || !(locked.trigger().task() instanceof Watching(var interval)))
                return Uni.createFrom().nullItem();
            return watches.lease(unit, id, HeldLeases.LEASE)
                    .chain(leased ->
                            leased == null ? Uni.createFrom().nullItem() : permitted(unit, locked, leased, interval));
        });
    }

    private Uni<@Nullable Job> permitted(UnitOfWork unit, Locked locked, Leased<Watch> leased, Duration interval) {
        Watch watch = leased.value();
        Trigger trigger = locked.trigger();
        Instant checkAt = watch.checkAt();
        if (checkAt == null) return Uni.createFrom().nullItem();
        Schedule schedule = new Schedule(new Timing.Every(interval), ZoneOffset.UTC, null, trigger.madeAt());
        return switch (Firing.decide(schedule, checkAt, leased.now(), locked.owner())) {
            case Firing.Waits _ -> Uni.createFrom().nullItem();
            case Firing.Holds(var until) ->
                watches.finish(unit, watch.with(watch.health(), until), leased.fence())
                        .replaceWith((Job) null);
            case Firing.Drops(var code) ->
                due.drop(unit, trigger, code)
                        .chain(() -> watches.delete(unit, trigger.id()))
                        .replaceWith((Job) null);
            case Firing.Fires fires -> {
                Instant next = fires.next();
                CrashPoints.reach(CrashPoint.LEASE_BEFORE);
                yield Uni.createFrom()
                        .item(new Job(
                                trigger,
                                leased,
                                interval,
                                next == null ? leased.now().plus(interval) : next));
            }
        };
    }

    private Uni<CheckOutcome> ask(Job job) {
        Watch watch = job.leased().value();
        return switch (Target.parse(job.trigger().text())) {
            case Target.Parsed.Flawed _ -> Uni.createFrom().item(new Unanswered(Problem.BROKEN));
            case Target.Parsed.Fine(var target) ->
                urlCheck.ask(new UrlCheck.Question(
                        target, watch.approved() != null, watch.expectedStatus(), timeout(job.interval())));
        };
    }

    private Uni<Void> finish(Origin origin, Job job, CheckOutcome outcome) {
        Watch watch = job.leased().value();
        Health.Step step = watch.health().after(outcome, watch.expectedStatus(), Instant.now());
        return transactions.run(
                "watch.check",
                origin,
                unit -> watches.finish(
                                unit,
                                watch.with(step.health(), job.next()),
                                job.leased().fence())
                        .chain(ours -> {
                            if (!ours) return Uni.createFrom().voidItem();
                            unit.afterCommit(() -> count(outcome, watch.expectedStatus()));
                            return tell(unit, job.trigger(), step.news());
                        }));
    }

    private Uni<Void> tell(UnitOfWork unit, Trigger trigger, Health.News news) {
        return switch (news) {
            case Health.News.Nothing _ -> Uni.createFrom().voidItem();
            case Health.News.WentBad(var what, var since) ->
                due.publish(unit, trigger, id(trigger, "alert", since), alert(trigger, what, since));
            case Health.News.WentGood(var status, var since) ->
                due.publish(
                        unit,
                        trigger,
                        id(trigger, "recovery", since),
                        new TriggerFired.Recovery(
                                trigger.handle(),
                                trigger.zone(),
                                trigger.language(),
                                trigger.text(),
                                status,
                                Instant.now(),
                                since));
        };
    }

    private static TriggerFired alert(Trigger t, CheckOutcome what, Instant since) {
        return switch (what) {
            case Answered(int status) ->
                new TriggerFired.Alert(t.handle(), t.zone(), t.language(), t.text(), status, null, since);
            case Unanswered(var problem) ->
                new TriggerFired.Alert(
                        t.handle(), t.zone(), t.language(), t.text(), null, problem.in(t.language()), since);
        };
    }

    /** From the first failure, which is what makes one alert of any number of checks. */
    private static String id(Trigger trigger, String what, Instant since) {
        return Ids.derive(trigger.tenant(), trigger.id(), what, since.toEpochMilli());
    }

    private void count(CheckOutcome outcome, int expected) {
        String word = switch (outcome) {
            case Answered(int status) -> status == expected ? "expected" : "unexpected";
            case Unanswered(var problem) -> problem.name().toLowerCase(Locale.ROOT);
        };
        meters.counter("watch.checks", "outcome", word).increment();
    }

    private static Duration timeout(Duration interval) {
        return interval.compareTo(LONGEST_CHECK) < 0 ? interval : LONGEST_CHECK;
    }
}
