package ai.chela.agent.reply;

import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested.Action;
import ai.chela.contracts.schedule.Timing;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.schedule.TriggerView;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** What scheduler-service answers, and what triggers say. Simplified Chinese. */
interface ChineseSchedules extends SchedulePhrases {
    @Override
    default String schedule(ScheduleChanged changed, ZoneId zone) {
        return switch (changed) {
            case ScheduleChanged.Created(String _, TriggerView trigger) -> created(trigger);
            case ScheduleChanged.Changed(String _, var verb, TriggerView trigger) ->
                switch (verb) {
                    case PAUSE -> "已暂停 " + named(trigger) + "。恢复：恢复 " + trigger.handle();
                    case RESUME -> "已恢复 " + named(trigger) + "。" + next(trigger);
                    case CANCEL -> "已取消 " + named(trigger) + "。";
                    case RUN_NOW -> "现在执行 " + named(trigger) + "。";
                };
            case ScheduleChanged.Listed(String _, List<TriggerView> triggers, long total) ->
                triggers.isEmpty()
                        ? "目前没有安排。"
                        : "共 " + total + " 项安排：\n"
                                + triggers.stream()
                                        .map(ChineseSchedules::listed)
                                        .collect(Collectors.joining("\n"));
            case ScheduleChanged.Refused(String _, String code, var detail) ->
                detail == null ? refusedSchedule(code) : refusedSchedule(code, detail);
        };
    }

    private static String created(TriggerView trigger) {
        ZoneId zone = ZoneId.of(trigger.zone());
        if (trigger.kind().equals("watch"))
            return "我会每隔" + (trigger.interval() == null ? "" : Times.chinese(trigger.interval())) + "检查 "
                    + trigger.text() + "，连续两次失败或恢复正常时在这里告诉你（" + trigger.handle() + "）。撤销：取消 "
                    + trigger.handle();
        String what = switch (trigger.kind()) {
            case "ask" -> "我会问你";
            case "do" -> "我会执行";
            default -> "我会提醒你";
        };
        String when = trigger.timing() == null ? "" : Times.chinese(trigger.timing(), zone);
        return what + "“" + trigger.text() + "”，" + when + Times.until(trigger.until(), "，直到 ") + "（"
                + trigger.handle() + "）。" + (trigger.next().size() > 1 ? next(trigger) : zoned(trigger, zone))
                + "\n撤销：取消 "
                + trigger.handle();
    }

    private static String zoned(TriggerView trigger, ZoneId zone) {
        if (trigger.next().isEmpty() || trigger.timing() instanceof Timing.Once) return "";
        return "\n下一次：" + Times.chinese(trigger.next().getFirst(), zone);
    }

    private static String next(TriggerView trigger) {
        if (trigger.next().isEmpty()) return "";
        ZoneId zone = ZoneId.of(trigger.zone());
        return "\n接下来："
                + trigger.next().stream()
                        .map(at -> "\n- " + Times.chinese(at, zone))
                        .collect(Collectors.joining());
    }

    private static String named(TriggerView trigger) {
        return trigger.handle() + "（“" + trigger.text() + "”）";
    }

    private static String listed(TriggerView trigger) {
        ZoneId zone = ZoneId.of(trigger.zone());
        String when = trigger.timing() != null
                ? Times.chinese(trigger.timing(), zone)
                : trigger.interval() != null ? "每隔" + Times.chinese(trigger.interval()) : "";
        String next = trigger.next().isEmpty()
                ? ""
                : "；下一次" + Times.chinese(trigger.next().getFirst(), zone);
        String kind = switch (trigger.kind()) {
            case "ask" -> "询问";
            case "do" -> "执行";
            case "watch" -> "监控";
            default -> "提醒";
        };
        String state = trigger.state().equals("paused") ? "已暂停" : "进行中";
        return "- " + trigger.handle() + "［" + kind + "，" + state + "］“" + trigger.text() + "” " + when + next;
    }

    /** A detail that says by itself why a time is none is not preceded by a reason that may be another. */
    private static String refusedSchedule(String code, String detail) {
        return code.equals("schedule.never") ? "没有安排。" + detail : refusedSchedule(code) + detail;
    }

    private static String refusedSchedule(String code) {
        return switch (code) {
            case "schedule.past" -> "没有安排：那个时间已经过去了。";
            case "schedule.never" -> "没有安排：那个时间永远不会到来。";
            case "schedule.unknown-handle" -> "没有这个安排。/schedule 列出你的安排。";
            case "schedule.not-yours" -> "没有执行：那个安排属于别人。";
            case "schedule.quota" -> "没有安排：你的安排已达上限，请先取消一些（/schedule）。";
            case "schedule.zone" -> "没有安排：我不认识这个时区。";
            case "schedule.paused" -> "没有执行：它已暂停，请先恢复。";
            case "schedule.unreadable" -> "scheduler-service 内部出错，原因已作为死信保存。";
            case "watch.own-service" -> "没有监控：那是 Chela 自己的服务地址。";
            case "watch.url" -> "没有监控：那不是我能用的 http 或 https 地址。";
            default -> "调度服务拒绝了（" + code + "）。";
        };
    }

    @Override
    default String fired(TriggerFired fired) {
        ZoneId zone = ZoneId.of(fired.zone());
        return switch (fired) {
            case TriggerFired.Due due -> {
                String late = due.late()
                        ? "（迟到：应在" + Times.chinese(due.dueAt(), zone) + "，当时我没有运行"
                                + (due.missed() > 0 ? "；更早的 " + due.missed() + " 次已跳过" : "") + "）"
                        : "";
                yield (due.action() == Action.ASK ? "你让我问：" : "提醒：") + due.text() + late;
            }
            case TriggerFired.Alert alert ->
                "告警（" + alert.handle() + "）：" + alert.url()
                        + (alert.status() != null ? " 返回 " + alert.status() : " 没有回应：" + alert.problem())
                        + "，始于" + Times.chinese(alert.since(), zone) + "。";
            case TriggerFired.Recovery well ->
                "已恢复（" + well.handle() + "）：" + well.url() + " 于" + Times.chinese(well.at(), zone) + "重新返回 "
                        + well.status() + "；异常始于" + Times.chinese(well.badSince(), zone) + "。";
            case TriggerFired.Dropped dropped ->
                dropped.handle() + "（“" + dropped.text() + "”）没有执行，以后也不会执行：它所代表的人在这里已不再有效（" + dropped.code() + "）。";
        };
    }
}
