package ai.chela.agent.reply;

import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested.Action;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.schedule.TriggerView;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** What scheduler-service answers, and what triggers say. English. */
interface EnglishSchedules extends SchedulePhrases {
    @Override
    default String schedule(ScheduleChanged changed, ZoneId zone) {
        return switch (changed) {
            case ScheduleChanged.Created(String _, TriggerView trigger) -> created(trigger);
            case ScheduleChanged.Changed(String _, var verb, TriggerView trigger) ->
                switch (verb) {
                    case PAUSE -> "Paused " + named(trigger) + ". To go on: resume " + trigger.handle();
                    case RESUME -> "Resumed " + named(trigger) + "." + next(trigger);
                    case CANCEL -> "Cancelled " + named(trigger) + ".";
                    case RUN_NOW -> "Running " + named(trigger) + " now.";
                };
            case ScheduleChanged.Listed(String _, List<TriggerView> triggers, long total) ->
                triggers.isEmpty()
                        ? "Nothing is scheduled."
                        : total + " scheduled:\n"
                                + triggers.stream()
                                        .map(EnglishSchedules::listed)
                                        .collect(Collectors.joining("\n"));
            case ScheduleChanged.Refused(String _, String code, var detail) ->
                detail == null ? refusedSchedule(code) : refusedSchedule(code, detail);
        };
    }

    private static String created(TriggerView trigger) {
        ZoneId zone = ZoneId.of(trigger.zone());
        if (trigger.kind().equals("watch"))
            return "I watch " + trigger.text() + " every "
                    + (trigger.interval() == null ? "" : Times.english(trigger.interval()))
                    + " and tell you here when it fails twice in a row, and when it is well again ("
                    + trigger.handle() + "). To undo: cancel " + trigger.handle();
        String what = switch (trigger.kind()) {
            case "ask" -> "I will ask you";
            case "do" -> "I will do";
            default -> "I will remind you";
        };
        String when = trigger.timing() == null ? "" : Times.english(trigger.timing(), zone);
        return what + " \"" + trigger.text() + "\" " + when + Times.until(trigger.until(), ", until ") + " ("
                + trigger.handle() + ")." + (trigger.next().size() > 1 ? next(trigger) : zoned(trigger, zone))
                + "\nTo undo: cancel " + trigger.handle();
    }

    private static String zoned(TriggerView trigger, ZoneId zone) {
        if (trigger.next().isEmpty() || trigger.timing() instanceof ai.chela.contracts.schedule.Timing.Once) return "";
        return "\nNext: " + Times.english(trigger.next().getFirst(), zone);
    }

    private static String next(TriggerView trigger) {
        if (trigger.next().isEmpty()) return "";
        ZoneId zone = ZoneId.of(trigger.zone());
        return "\nNext times:"
                + trigger.next().stream()
                        .map(at -> "\n- " + Times.english(at, zone))
                        .collect(Collectors.joining());
    }

    private static String named(TriggerView trigger) {
        return trigger.handle() + " (\"" + trigger.text() + "\")";
    }

    private static String listed(TriggerView trigger) {
        ZoneId zone = ZoneId.of(trigger.zone());
        String when = trigger.timing() != null
                ? Times.english(trigger.timing(), zone)
                : trigger.interval() != null ? "every " + Times.english(trigger.interval()) : "";
        String next = trigger.next().isEmpty()
                ? ""
                : "; next " + Times.english(trigger.next().getFirst(), zone);
        return "- " + trigger.handle() + " [" + trigger.kind() + ", " + trigger.state() + "] \"" + trigger.text()
                + "\" " + when + next;
    }

    /** A detail that says by itself why a time is none is not preceded by a reason that may be another. */
    private static String refusedSchedule(String code, String detail) {
        return code.equals("schedule.never") ? "Not scheduled. " + detail : refusedSchedule(code) + " " + detail;
    }

    private static String refusedSchedule(String code) {
        return switch (code) {
            case "schedule.past" -> "Not scheduled: that time is over.";
            case "schedule.never" -> "Not scheduled: that time never comes.";
            case "schedule.unknown-handle" -> "There is no such reminder. /schedule lists yours.";
            case "schedule.not-yours" -> "Not done: that one belongs to somebody else.";
            case "schedule.quota" -> "Not scheduled: you have as many as are allowed. Cancel some first (/schedule).";
            case "schedule.zone" -> "Not scheduled: I do not know that time zone.";
            case "schedule.paused" -> "Not run: it is paused. Resume it first.";
            case "schedule.unreadable" -> "That failed inside scheduler-service; the cause is kept as a dead letter.";
            case "watch.own-service" -> "Not watched: that is the address of one of Chela's own services.";
            case "watch.url" -> "Not watched: that is not an http or https address that I can use.";
            default -> "The scheduler refused that (" + code + ").";
        };
    }

    @Override
    default String fired(TriggerFired fired) {
        ZoneId zone = ZoneId.of(fired.zone());
        return switch (fired) {
            case TriggerFired.Due due -> {
                String late = due.late()
                        ? " (late: it was due on " + Times.english(due.dueAt(), zone)
                                + ", when I was not running"
                                + (due.missed() > 0 ? "; " + due.missed() + " earlier ones were skipped" : "")
                                + ")"
                        : "";
                yield (due.action() == Action.ASK ? "You wanted me to ask: " : "Reminder: ") + due.text() + late;
            }
            case TriggerFired.Alert alert ->
                "Alert (" + alert.handle() + "): " + alert.url() + " "
                        + (alert.status() != null ? "answers " + alert.status() : "does not answer: " + alert.problem())
                        + ", since " + Times.english(alert.since(), zone) + ".";
            case TriggerFired.Recovery well ->
                "Recovered (" + well.handle() + "): " + well.url() + " answers " + well.status() + " again, on "
                        + Times.english(well.at(), zone) + "; it was bad since "
                        + Times.english(well.badSince(), zone) + ".";
            case TriggerFired.Dropped dropped ->
                dropped.handle() + " (\"" + dropped.text()
                        + "\") did not run and will not run again: the person that it"
                        + " acts for is no longer active here (" + dropped.code() + ").";
        };
    }
}
