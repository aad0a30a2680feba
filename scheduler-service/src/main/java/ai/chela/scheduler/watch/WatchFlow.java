package ai.chela.scheduler.watch;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.scheduler.trigger.Admission;
import ai.chela.scheduler.trigger.Refusal;
import ai.chela.scheduler.trigger.Register;
import ai.chela.scheduler.trigger.Trigger;
import ai.chela.scheduler.trigger.TriggerStore;
import ai.chela.scheduler.watch.WatchStore.Asked;
import ai.chela.scheduler.watch.WatchStore.Leased;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes watches. A name is resolved outside any transaction: the request is kept as a row, resolved under a lease, and
 * answered under its fence.
 */
@ApplicationScoped
public class WatchFlow {
    private static final Duration RESOLVE = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final WatchStore watches;
    private final TriggerStore triggers;
    private final Register register;
    private final Hosts hosts;
    private final WatchSignals signals;
    private final HeldLeases leases;

    public WatchFlow(
            Transactions transactions,
            WatchStore watches,
            TriggerStore triggers,
            Register register,
            Hosts hosts,
            WatchSignals signals,
            HeldLeases leases) {
        this.transactions = transactions;
        this.watches = watches;
        this.triggers = triggers;
        this.register = register;
        this.hosts = hosts;
        this.signals = signals;
        this.leases = leases;
    }

    /** Takes a request in; what can be said at once is answered at once. */
    public Uni<Void> ask(UnitOfWork unit, Envelope envelope, ScheduleRequested.Watch watch) {
        Refusal refusal = Admission.zone(watch.zone(), watch.language());
        if (refusal == null) refusal = WatchAdmission.ofRequest(watch);
        if (refusal != null) return Register.answer(unit, envelope.id(), refused(unit, watch, refusal));
        unit.afterCommit(signals::asked);
        return watches.ask(unit, Ids.derive(envelope.id(), "watch"), new Asked(envelope, watch));
    }

    /** Resolves and answers one request that was taken in. */
    public Uni<Void> admit(Work work) {
        Origin origin = Origin.first(work.tenant(), Principal.service("scheduler"), null);
        return transactions
                .run("watch.lease", origin, unit -> watches.leaseAsked(unit, work.id(), HeldLeases.LEASE))
                .chain(leased -> leased == null
                        ? Uni.createFrom().voidItem()
                        : leases.during(LeaseStore.Kind.ASKED, work, leased.fence(), () -> resolve(work.id(), leased)));
    }

    private Uni<Void> resolve(String id, Leased<Asked> leased) {
        ScheduleRequested.Watch watch = leased.value().request();
        return switch (Target.parse(watch.url())) {
            case Target.Parsed.Flawed _ -> finish(id, leased, Optional.ofNullable(WatchAdmission.ofRequest(watch)));
            case Target.Parsed.Fine(var target) ->
                hosts.resolve(target.host())
                        .ifNoItem()
                        .after(RESOLVE)
                        .failWith(() -> new UnknownHostException(target.host()))
                        .map(found -> Optional.ofNullable(WatchAdmission.ofAddresses(watch, target, found)))
                        .onFailure(UnknownHostException.class)
                        .recoverWithItem(() -> Optional.of(WatchAdmission.unresolved(watch, target)))
                        .chain(refusal -> finish(id, leased, refusal));
        };
    }

    private Uni<Void> finish(String id, Leased<Asked> leased, Optional<Refusal> refusal) {
        Asked asked = leased.value();
        return transactions.run(
                "watch.create",
                Origin.of(asked.envelope()),
                unit -> watches.answered(unit, id, leased.fence()).chain(ours -> {
                    if (!ours) return Uni.createFrom().voidItem();
                    Uni<ScheduleChanged> outcome = refusal.map(
                                    why -> Uni.createFrom().item(refused(unit, asked.request(), why)))
                            .orElseGet(() -> create(unit, id, asked, leased.now()));
                    return outcome.chain(
                            changed -> Register.answer(unit, asked.envelope().id(), changed));
                }));
    }

    private Uni<ScheduleChanged> create(UnitOfWork unit, String id, Asked asked, Instant now) {
        ScheduleRequested.Watch watch = asked.request();
        String owner = asked.envelope().principal().person();
        return register.numbered(unit, "w", owner, watch.callId(), watch.language(), handle -> {
            Trigger trigger = new Trigger(
                    unit.tenant(),
                    id,
                    handle,
                    Trigger.State.ACTIVE,
                    owner,
                    String.valueOf(asked.envelope().conversation()),
                    watch.zone(),
                    watch.language(),
                    watch.url(),
                    new Trigger.Watching(watch.interval().truncatedTo(ChronoUnit.MILLIS)),
                    asked.envelope().time().truncatedTo(ChronoUnit.MILLIS),
                    null);
            unit.audit("watch.create", handle, "ok", watch.url());
            unit.afterCommit(signals::due);
            Watch fresh = new Watch(id, watch.expectedStatus(), watch.approved(), new Health.Good(), now);
            return triggers.insert(unit, trigger)
                    .chain(() -> watches.insert(unit, fresh))
                    .replaceWith(() -> new ScheduleChanged.Created(watch.callId(), trigger.view()));
        });
    }

    /** The trigger of a watch was paused, resumed or cancelled: the watch follows in the same transaction. */
    public Uni<Void> follow(UnitOfWork unit, Trigger trigger, Instant now) {
        return switch (trigger.state()) {
            case ACTIVE -> {
                unit.afterCommit(signals::due);
                yield overrule(unit, trigger, now);
            }
            case PAUSED -> overrule(unit, trigger, null);
            case FINISHED, CANCELLED -> watches.delete(unit, trigger.id());
        };
    }

    /** Checks as soon as possible; the regular checks go on from there. */
    public Uni<Void> checkNow(UnitOfWork unit, Trigger trigger, Instant now) {
        unit.afterCommit(signals::due);
        return watches.find(unit, trigger.id())
                .chain(watch -> watch == null
                        ? Uni.createFrom().voidItem()
                        : watches.overrule(unit, watch.with(watch.health(), now)));
    }

    private Uni<Void> overrule(UnitOfWork unit, Trigger trigger, @Nullable Instant checkAt) {
        return watches.find(unit, trigger.id())
                .chain(watch -> watch == null
                        ? Uni.createFrom().voidItem()
                        : watches.overrule(unit, watch.with(watch.health().paused(), checkAt)));
    }

    private static ScheduleChanged refused(UnitOfWork unit, ScheduleRequested.Watch watch, Refusal why) {
        return Register.refused(unit, watch.callId(), "watch.create", "watch", why);
    }
}
