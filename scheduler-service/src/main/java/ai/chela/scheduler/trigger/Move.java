package ai.chela.scheduler.trigger;

import ai.chela.contracts.schedule.ScheduleRequested.Verb;
import ai.chela.scheduler.trigger.Trigger.Reminding;
import ai.chela.scheduler.trigger.Trigger.State;
import ai.chela.scheduler.trigger.Trigger.Watching;
import java.time.Instant;

/** What a change that a person asks for does to a trigger. */
public sealed interface Move {
    /** The trigger becomes this one. */
    record Becomes(Trigger trigger) implements Move {}

    /** It fires (or checks) now, and stays as it is. */
    record Runs(Trigger trigger) implements Move {}

    record Refused(Refusal why) implements Move {}

    /** Decides. What is already so is not an error. */
    static Move of(Trigger trigger, Verb verb, String person, Instant now) {
        if (!trigger.owner().equals(person)) return new Refused(new Refusal("schedule.not-yours", null));
        if (trigger.state().ended()) return new Refused(ended(trigger));
        return switch (verb) {
            case PAUSE -> new Becomes(trigger.with(State.PAUSED, null));
            case CANCEL -> new Becomes(trigger.with(State.CANCELLED, null));
            case RESUME -> resume(trigger, now);
            case RUN_NOW -> runNow(trigger);
        };
    }

    private static Move resume(Trigger trigger, Instant now) {
        if (trigger.state() == State.ACTIVE) return new Becomes(trigger);
        return switch (trigger.task()) {
            case Watching _ -> new Becomes(trigger.with(State.ACTIVE, null));
            case Reminding reminding -> {
                Instant next = trigger.schedule(reminding).next(now);
                yield next == null ? new Refused(over(trigger)) : new Becomes(trigger.with(State.ACTIVE, next));
            }
        };
    }

    private static Move runNow(Trigger trigger) {
        if (trigger.task() instanceof Watching && trigger.state() == State.PAUSED)
            return new Refused(Refusal.of(
                    "schedule.paused",
                    trigger.language(),
                    "%s is paused, and a paused watch checks nothing. Resume it.",
                    "%s 已暂停，暂停的监视不做任何检查。请先恢复它。",
                    trigger.handle()));
        return new Runs(trigger);
    }

    private static Refusal over(Trigger trigger) {
        return Refusal.of(
                "schedule.past",
                trigger.language(),
                "%s has no time left that is still to come. Cancel it, or make a new one.",
                "%s 已没有将来的触发时间。请取消它，或新建一个。",
                trigger.handle());
    }

    private static Refusal ended(Trigger trigger) {
        boolean finished = trigger.state() == State.FINISHED;
        return Refusal.of(
                "schedule.unknown-handle",
                trigger.language(),
                finished ? "%s is finished." : "%s is cancelled.",
                finished ? "%s 已结束。" : "%s 已取消。",
                trigger.handle());
    }
}
