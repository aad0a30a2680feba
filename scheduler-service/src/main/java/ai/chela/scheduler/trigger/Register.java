package ai.chela.scheduler.trigger;

import ai.chela.contracts.Topic;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.scheduler.config.SchedulerConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Gives new triggers their handles, within what a person may have, and requests their outcomes. */
@ApplicationScoped
public class Register {
    private final TriggerStore triggers;
    private final SchedulerConfig config;

    public Register(TriggerStore triggers, SchedulerConfig config) {
        this.triggers = triggers;
        this.config = config;
    }

    /**
     * Draws a handle and makes something of it, unless the person has as many active triggers as she may. Drawing comes
     * first because it is what makes two requests count one after another.
     */
    public Uni<ScheduleChanged> numbered(
            UnitOfWork unit,
            String form,
            String owner,
            String callId,
            String language,
            Function<String, Uni<? extends ScheduleChanged>> make) {
        return triggers.drawHandle(unit, form, owner, config.activePerPerson())
                .chain(drawn -> drawn.active() < config.activePerPerson()
                        ? make.apply(drawn.handle()).map(made -> (ScheduleChanged) made)
                        : Uni.createFrom()
                                .item(refused(unit, callId, "trigger.create", drawn.handle(), quota(language))));
    }

    /** Publishes the outcome of a request; at most one per request. */
    public static Uni<Void> answer(UnitOfWork unit, String requestId, ScheduleChanged outcome) {
        return unit.publish(Topic.SCHEDULE_CHANGED, Ids.derive(requestId, "changed"), outcome);
    }

    /** Notes a refusal in the audit and gives it as the outcome. */
    public static ScheduleChanged refused(UnitOfWork unit, String callId, String action, String subject, Refusal why) {
        unit.audit(action, subject, "denied", null);
        return new ScheduleChanged.Refused(callId, why.code(), why.detail());
    }

    private Refusal quota(String language) {
        return Refusal.of(
                "schedule.quota",
                language,
                "You have %s active triggers, which is as many as a person may have. Cancel some first.",
                "您已有 %s 个活动的触发器，达到每人上限。请先取消一些。",
                config.activePerPerson());
    }
}
