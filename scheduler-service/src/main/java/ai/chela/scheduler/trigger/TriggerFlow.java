package ai.chela.scheduler.trigger;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.TriggerView;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import ai.chela.scheduler.due.DueFlow;
import ai.chela.scheduler.due.DueLoop;
import ai.chela.scheduler.trigger.Trigger.Reminding;
import ai.chela.scheduler.trigger.Trigger.State;
import ai.chela.scheduler.trigger.Trigger.Watching;
import ai.chela.scheduler.trigger.TriggerStore.Locked;
import ai.chela.scheduler.watch.WatchFlow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers requests to make, change and list triggers, each inside the transaction of its record. */
@ApplicationScoped
public class TriggerFlow {
    /** What a conversation is told at once; the rest is a number. */
    private static final int LISTED = 50;

    private final TriggerStore triggers;
    private final WatchFlow watches;
    private final DueFlow due;
    private final DueLoop loop;
    private final Register register;

    public TriggerFlow(TriggerStore triggers, WatchFlow watches, DueFlow due, DueLoop loop, Register register) {
        this.triggers = triggers;
        this.watches = watches;
        this.due = due;
        this.loop = loop;
        this.register = register;
    }

    /** Does what was asked and publishes its outcome; a watch is answered later, when its address was resolved. */
    public Uni<Void> take(UnitOfWork unit, Received<ScheduleRequested> received) {
        Envelope envelope = received.envelope();
        if (envelope.conversation() == null)
            throw new IllegalArgumentException("ce_subject: a schedule request needs a conversation");
        return switch (received.payload()) {
            case ScheduleRequested.Remind remind ->
                remind(unit, envelope, remind).chain(outcome -> Register.answer(unit, envelope.id(), outcome));
            case ScheduleRequested.Watch watch -> watches.ask(unit, envelope, watch);
            case ScheduleRequested.Change change ->
                change(unit, envelope, change).chain(outcome -> Register.answer(unit, envelope.id(), outcome));
            case ScheduleRequested.ListAll list ->
                list(unit, envelope, list).chain(outcome -> Register.answer(unit, envelope.id(), outcome));
        };
    }

    private Uni<ScheduleChanged> remind(UnitOfWork unit, Envelope envelope, ScheduleRequested.Remind remind) {
        return switch (Admission.of(remind, envelope.time())) {
            case Admission.Refused(var why) ->
                Uni.createFrom().item(Register.refused(unit, remind.callId(), "trigger.create", "reminder", why));
            case Admission.Admitted(var first) -> create(unit, envelope, remind, first);
        };
    }

    private Uni<ScheduleChanged> create(
            UnitOfWork unit, Envelope envelope, ScheduleRequested.Remind remind, Instant first) {
        return register.numbered(
                unit, "t", envelope.principal().person(), remind.callId(), remind.language(), handle -> {
                    Trigger trigger = new Trigger(
                            unit.tenant(),
                            Ids.derive(envelope.id(), "trigger"),
                            handle,
                            State.ACTIVE,
                            envelope.principal().person(),
                            String.valueOf(envelope.conversation()),
                            remind.zone(),
                            remind.language(),
                            remind.text(),
                            new Reminding(remind.action(), remind.timing(), remind.until()),
                            Admission.millis(envelope.time()),
                            first);
                    unit.audit("trigger.create", handle, "ok", remind.text());
                    unit.afterCommit(() -> loop.expect(first));
                    return triggers.insert(unit, trigger)
                            .replaceWith(() -> new ScheduleChanged.Created(remind.callId(), trigger.view()));
                });
    }

    private Uni<ScheduleChanged> change(UnitOfWork unit, Envelope envelope, ScheduleRequested.Change change) {
        String person = envelope.principal().person();
        Uni<@Nullable Locked> found = change.handle().equals("last")
                ? triggers.lockNewest(unit, person, String.valueOf(envelope.conversation()))
                : triggers.lock(unit, change.handle());
        String action = "trigger." + change.verb().name().toLowerCase(Locale.ROOT);
        return found.chain(locked -> {
            if (locked == null)
                return Uni.createFrom()
                        .item(Register.refused(
                                unit,
                                change.callId(),
                                action,
                                change.handle(),
                                new Refusal("schedule.unknown-handle", null)));
            Trigger trigger = locked.trigger();
            return switch (Move.of(trigger, change.verb(), person, locked.now())) {
                case Move.Refused(var why) ->
                    Uni.createFrom().item(Register.refused(unit, change.callId(), action, trigger.handle(), why));
                case Move.Becomes(var changed) ->
                    become(unit, trigger, changed, locked.now()).map(_ -> {
                        unit.audit(action, trigger.handle(), "ok", null);
                        return changed(change, changed);
                    });
                case Move.Runs(var same) ->
                    run(unit, envelope, same, locked.now()).map(_ -> {
                        unit.audit(action, trigger.handle(), "ok", null);
                        return changed(change, same);
                    });
            };
        });
    }

    private static ScheduleChanged changed(ScheduleRequested.Change change, Trigger trigger) {
        return new ScheduleChanged.Changed(change.callId(), change.verb(), trigger.view());
    }

    private Uni<Void> become(UnitOfWork unit, Trigger before, Trigger after, Instant now) {
        Instant next = after.dueAt();
        if (next != null) unit.afterCommit(() -> loop.expect(next));
        if (before.state() == after.state()) return Uni.createFrom().voidItem();
        Uni<Void> saved = triggers.save(unit, after);
        return switch (after.task()) {
            case Reminding _ -> saved;
            case Watching _ -> saved.chain(() -> watches.follow(unit, after, now));
        };
    }

    private Uni<Void> run(UnitOfWork unit, Envelope envelope, Trigger trigger, Instant now) {
        return switch (trigger.task()) {
            case Reminding reminding -> due.runNow(unit, trigger, reminding, envelope.id());
            case Watching _ -> watches.checkNow(unit, trigger, now);
        };
    }

    private Uni<ScheduleChanged> list(UnitOfWork unit, Envelope envelope, ScheduleRequested.ListAll list) {
        String person = envelope.principal().person();
        return triggers.list(unit, person, LISTED)
                .map(found -> new ScheduleChanged.Listed(list.callId(), views(found.triggers()), found.total()));
    }

    private static List<TriggerView> views(List<Trigger> found) {
        return found.stream().map(Trigger::view).toList();
    }
}
