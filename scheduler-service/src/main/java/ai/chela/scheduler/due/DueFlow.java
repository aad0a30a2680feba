package ai.chela.scheduler.due;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.audit.AuditRecord;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.kit.fault.CrashPoint;
import ai.chela.kit.fault.CrashPoints;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.scheduler.trigger.Trigger;
import ai.chela.scheduler.trigger.Trigger.Reminding;
import ai.chela.scheduler.trigger.Trigger.State;
import ai.chela.scheduler.trigger.TriggerStore;
import ai.chela.scheduler.trigger.TriggerStore.Locked;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Fires one trigger: its message, its audit entry and its next due time are one transaction under its row's lock. */
@ApplicationScoped
public class DueFlow {
    private static final Logger LOG = Logger.getLogger(DueFlow.class);

    private final Transactions transactions;
    private final TriggerStore triggers;
    private final MeterRegistry meters;
    private final Timer lateness;

    public DueFlow(Transactions transactions, TriggerStore triggers, MeterRegistry meters) {
        this.transactions = transactions;
        this.triggers = triggers;
        this.meters = meters;
        this.lateness = Timer.builder("trigger.lateness")
                .description("From the due time to the fire")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }

    /** Fires what is due; does nothing when another instance was quicker or it is not due any more. */
    public Uni<Void> fire(Work work) {
        Origin origin = Origin.first(work.tenant(), Principal.service("scheduler"), null);
        return transactions.run(
                "trigger.fire",
                origin,
                unit -> triggers.claim(unit, work.id())
                        .chain(locked -> locked == null ? Uni.createFrom().voidItem() : claimed(unit, locked)));
    }

    private Uni<Void> claimed(UnitOfWork unit, Locked locked) {
        Trigger trigger = locked.trigger();
        Instant due = trigger.dueAt();
        if (due == null || !(trigger.task() instanceof Reminding reminding))
            return Uni.createFrom().voidItem();
        return switch (Firing.decide(trigger.schedule(reminding), due, locked.now(), locked.owner())) {
            case Firing.Waits _ -> Uni.createFrom().voidItem();
            case Firing.Holds(var until) -> triggers.postpone(unit, trigger.id(), until);
            case Firing.Drops(var code) -> drop(unit, trigger, code);
            case Firing.Fires fires -> fires(unit, trigger, reminding, fires, locked.now());
        };
    }

    private Uni<Void> fires(UnitOfWork unit, Trigger trigger, Reminding reminding, Firing.Fires fires, Instant now) {
        Instant next = fires.next();
        Trigger after = next == null ? trigger.with(State.FINISHED, null) : trigger.with(State.ACTIVE, next);
        unit.afterCommit(() -> {
            CrashPoints.reach(CrashPoint.TRIGGER_CLAIM_AFTER);
            lateness.record(Duration.between(fires.dueAt(), now));
            if (fires.missed() > 0) meters.counter("trigger.missed").increment(fires.missed());
        });
        String id = Ids.derive(trigger.tenant(), trigger.id(), fires.dueAt());
        return publish(unit, trigger, id, due(trigger, reminding, fires.dueAt(), fires.late(), fires.missed()))
                .chain(() -> triggers.save(unit, after))
                .invoke(() -> CrashPoints.reach(CrashPoint.TRIGGER_CLAIM_BEFORE));
    }

    /**
     * Fires a trigger now, whatever its schedule says, and leaves the schedule as it is.
     *
     * @param requestId id of the request, so that a request fires once
     */
    public Uni<Void> runNow(UnitOfWork unit, Trigger trigger, Reminding reminding, String requestId) {
        Instant now = Instant.now();
        String id = Ids.derive(trigger.tenant(), trigger.id(), "run-now", requestId);
        return publish(unit, trigger, id, due(trigger, reminding, now, false, 0));
    }

    /** Ends a trigger whose owner has lost the right to it, and says so where it would have spoken. */
    public Uni<Void> drop(UnitOfWork unit, Trigger trigger, String code) {
        LOG.infof("trigger.dropped tenant=%s trigger=%s code=%s", trigger.tenant(), trigger.handle(), code);
        TriggerFired dropped = new TriggerFired.Dropped(
                trigger.handle(), trigger.zone(), trigger.language(), trigger.text(), code, Instant.now());
        return publish(unit, trigger, Ids.derive(trigger.tenant(), trigger.id(), "dropped"), dropped)
                .chain(() -> triggers.save(unit, trigger.with(State.CANCELLED, null)));
    }

    /** Publishes a fire in the trigger's conversation, acting for its owner, with its audit entry. */
    public Uni<Void> publish(UnitOfWork unit, Trigger trigger, String id, TriggerFired fired) {
        Origin origin = trigger.origin(unit.origin().traceparent());
        unit.afterCommit(() ->
                meters.counter("trigger.fires", "kind", kind(fired, trigger)).increment());
        return unit.publish(Topic.TRIGGER_FIRED, id, fired, origin)
                .chain(() -> unit.publish(
                        Topic.AUDIT, Ids.derive(id, "audit"), new AuditRecord(List.of(entry(trigger, fired))), origin));
    }

    private static AuditRecord.Entry entry(Trigger trigger, TriggerFired fired) {
        return switch (fired) {
            case TriggerFired.Due d -> entry("trigger.fired", trigger, "ok", d.text());
            case TriggerFired.Alert _ -> entry("trigger.fired", trigger, "alert", trigger.text());
            case TriggerFired.Recovery _ -> entry("trigger.fired", trigger, "recovery", trigger.text());
            case TriggerFired.Dropped d -> entry("trigger.dropped", trigger, d.code(), null);
        };
    }

    private static AuditRecord.Entry entry(String action, Trigger trigger, String outcome, @Nullable String content) {
        String digest = content == null ? null : Ids.digest(content);
        return new AuditRecord.Entry(action, trigger.handle(), outcome, digest, Instant.now());
    }

    private static String kind(TriggerFired fired, Trigger trigger) {
        return switch (fired) {
            case TriggerFired.Due _ -> trigger.kind();
            case TriggerFired.Alert _ -> "alert";
            case TriggerFired.Recovery _ -> "recovery";
            case TriggerFired.Dropped _ -> "dropped";
        };
    }

    private static TriggerFired due(Trigger t, Reminding reminding, Instant dueAt, boolean late, int missed) {
        return new TriggerFired.Due(
                t.handle(), t.zone(), t.language(), reminding.action(), t.text(), dueAt, late, missed);
    }
}
