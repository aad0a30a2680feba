package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested.Action;
import ai.chela.contracts.schedule.Timing;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.schedule.TriggerView;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Simplified Chinese. */
final class ChinesePhrases implements Phrases {
    static final ChinesePhrases INSTANCE = new ChinesePhrases();

    private ChinesePhrases() {}

    @Override
    public String needsModel(@Nullable String notUnderstood, List<String> nearest, @Nullable String modelProblem) {
        StringBuilder text = new StringBuilder("我没有听懂，所以什么也没做。");
        if (notUnderstood != null && !notUnderstood.isBlank())
            text.append("没看明白的部分：“")
                    .append(EnglishPhrases.shortened(notUnderstood))
                    .append("”。");
        if (!nearest.isEmpty()) {
            text.append("我会的最接近的说法：");
            for (String form : nearest) text.append("\n- ").append(form);
        }
        text.append("\n\n自由对话需要语言模型。");
        if (modelProblem != null) text.append("已经配置了模型，但是：").append(modelProblem);
        else
            text.append("目前没有配置：请写入 config/models.yaml，或者在启动时设置 CHELA_MODEL_BASE_URL 和 CHELA_MODEL_NAME；"
                    + "`./chela doctor` 会查找本机的 Ollama。不需要模型就能做的事见 /help。");
        return text.toString();
    }

    @Override
    public String denied(Operation operation, String rule) {
        return "没有执行：这里不允许 " + operation.name() + "（" + rule + "）。管理员可以在 config/policy.yaml 中放行。";
    }

    @Override
    public String local(String operation) {
        return switch (operation) {
            case "agent.greet" -> "你好！需要我做什么？/help 列出我能听懂的说法。";
            case "agent.thanks" -> "不客气。";
            case "agent.about" -> "我是 Chela，团队的常驻助手。我会记住你告诉我的事、按时提醒、监控网址，并在沙箱里使用工具。/help 说明怎么问。";
            case "agent.help" -> help();
            case "approval.explain" -> "要批准，请准确输入：/approve（有多个时加上代码）。要拒绝：/deny。";
            default -> throw new IllegalArgumentException(operation);
        };
    }

    @Override
    public String preferred(Operation operation) {
        return operation.name().equals("settings.timezone")
                ? "你的时区现在是 " + operation.args().get("zone") + "。"
                : EnglishPhrases.INSTANCE.preferred(operation);
    }

    @Override
    public String approvalQuestion(Call call, CallState.Asked asked, boolean alone, ZoneId zone) {
        return "这需要你批准（" + asked.rule() + "）：\n\n" + shown(call) + "\n\n输入 "
                + (alone ? "/approve 或 /approve " + asked.code() : "/approve " + asked.code()) + " 执行，输入 "
                + (alone ? "/deny" : "/deny " + asked.code()) + " 放弃。有效期至"
                + Times.chinese(asked.expiresAt(), zone) + "。";
    }

    private static String shown(Call call) {
        if (call.operation().name().equals("shell.run"))
            return "```\n" + call.operation().args().get("command") + "\n```\n在沙箱中：看不到主机文件，没有网络。";
        return call.operation().name() + " "
                + call.operation().args().entrySet().stream()
                        .map(entry -> entry.getKey() + "：" + entry.getValue())
                        .collect(Collectors.joining("，"));
    }

    @Override
    public String approvalDenied(Call call) {
        return "已拒绝，没有执行 " + call.operation().name() + "。";
    }

    @Override
    public String approvalExpired(Call call, String code) {
        return "对 " + call.operation().name() + " 的批准请求 " + code + " 已在15分钟后过期，什么也没有执行。如仍需要，请重新提出。";
    }

    @Override
    public String stopped() {
        return "已停止。";
    }

    @Override
    public String broken() {
        return "Chela 内部出错，这件事没能完成。原因已作为死信保存，管理员可用 `./chela status` 查看。请再试一次。";
    }

    @Override
    public String modelLost() {
        return "模型试了三次都没有完成回答，请再问一次。";
    }

    @Override
    public String modelEmpty() {
        return "模型给出了空的回答，请再问一次，或者换个说法。";
    }

    @Override
    public String modelCircles(int rounds) {
        return "模型用了 " + rounds + " 轮工具仍没有得出答案，所以我停下了。";
    }

    @Override
    public String serviceSilent(String service, boolean stands) {
        return service + " 没有回答。" + (stands ? "你的请求已保存，服务恢复后会执行；再次提出前请先查看。" : "请稍后再问。");
    }

    @Override
    public String toolSilent(Operation operation) {
        return "结果未知：" + operation.name() + " 已交给 tool-runner，但没有回音，可能已经执行，也可能没有。";
    }

    @Override
    public String memory(MemoryChanged changed, ZoneId zone) {
        return switch (changed) {
            case MemoryChanged.Remembered(String _, RecalledFact fact, boolean known) ->
                (known ? "这个我已经记着了（" : "记住了（") + fact.handle() + "）：“" + fact.text() + "”"
                        + (fact.scope().equals("person") ? "\n只有你能查到。" : "");
            case MemoryChanged.Corrected(String _, RecalledFact before, RecalledFact after) ->
                "已更正（" + after.handle() + "）。\n原来：“" + before.text() + "”\n现在：“" + after.text() + "”";
            case MemoryChanged.Forgotten(String _, List<RecalledFact> facts) -> "已永久忘记：\n" + quoted(facts, zone);
            case MemoryChanged.Ambiguous(String _, List<RecalledFact> facts) ->
                "有几条都符合，所以一条也没有忘：\n" + quoted(facts, zone) + "\n请说明是哪一条，例如“忘掉 "
                        + facts.getFirst().handle() + "”。";
            case MemoryChanged.NotFound _ -> "我没有记过这样的事，所以没有可改的。";
            case MemoryChanged.Refused(String _, String code) -> refusedMemory(code);
            case MemoryChanged.Listed(String _, List<RecalledFact> facts, long total) ->
                facts.isEmpty() ? "我还没有为你记住任何事。可以说：记住：……" : "我记着 " + total + " 件事：\n" + quoted(facts, zone);
        };
    }

    private static String refusedMemory(String code) {
        return switch (code) {
            case "memory.secret" -> "没有记住：这看起来像密码或密钥。机密应放在密钥库里，而不是记忆里。";
            case "memory.quota" -> "没有记住：你的记忆已满。请先忘掉一些（/memory）。";
            case "memory.not-yours" -> "没有执行：那条记忆属于别人。";
            case "memory.unreadable" -> "没有记住：文字里有控制字符。";
            case "memory.too-long" -> "没有记住：太长了，一条记忆最多 16,384 个字符。";
            case "memory.too-many" -> "没有执行：一次最多指定 200 条记忆。";
            case "memory.failed" -> "memory-service 内部出错，原因已作为死信保存。";
            default -> "记忆服务拒绝了（" + code + "）。";
        };
    }

    private static String quoted(List<RecalledFact> facts, ZoneId zone) {
        return facts.stream()
                .map(fact -> "- " + fact.handle() + "：“" + fact.text() + "”（" + fact.saidBy() + "，"
                        + Times.chinese(fact.saidAt(), zone) + "）")
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String recalled(RecallCompleted recalled, ZoneId zone) {
        if (!recalled.certain()) return "我不知道：我记住的事里没有能回答这个问题的。";
        RecalledFact fact = recalled.facts().getFirst();
        return "“" + fact.text() + "”\n" + fact.saidBy() + "说于" + Times.chinese(fact.saidAt(), zone) + "（"
                + fact.handle() + "）。";
    }

    @Override
    public String schedule(ScheduleChanged changed, ZoneId zone) {
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
                                + triggers.stream().map(ChinesePhrases::listed).collect(Collectors.joining("\n"));
            case ScheduleChanged.Refused(String _, String code, var detail) ->
                refusedSchedule(code) + (detail == null ? "" : " " + detail);
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
    public String fired(TriggerFired fired) {
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

    @Override
    public String laterArrives(String where) {
        return "以后的消息无法送达这种对话，可以在这里看到：" + where;
    }

    @Override
    public String help() {
        return """
                不需要语言模型我就能听懂（英文也可以）：
                - 记住：生产发布窗口是周四晚上十点 / 发布窗口是什么时候？ / 不对，是周五晚上十点 / 忘掉发布窗口
                - 20分钟后提醒我检查备份 / 每个工作日早上9点提醒我们更新看板 / 每天早上8点提醒我提交日报
                - 每10秒检查 https://example.com/health，不是200就告诉我
                - 查一下磁盘和内存 / 东京现在几点？ / 计算 12*7+3
                - 运行 `ls -la`（在沙箱里，需要你批准）
                可以一次说几件事。

                命令：/help  /status  /memory  /schedule  /approve [代码]  /deny [代码]  /stop  /new  /plan  /why  /language en|zh  /timezone 时区
                - /memory forget m-1    - /schedule pause|resume|cancel|run t-1""";
    }

    @Override
    public String approvalUnknown(@Nullable String code, List<String> open) {
        if (open.isEmpty()) return "没有等待你批准的事。";
        return (code == null ? "有几件事在等你批准，请说明是哪一件：" : "没有待批准的 " + code + "。待批准的有：")
                + open.stream().map(c -> "/approve " + c).collect(Collectors.joining("，"));
    }

    @Override
    public String approvalClosed(String code, String state) {
        return "什么也没有做：批准请求 " + code + " 已经结束（" + state + "）。每个只能用一次。";
    }

    @Override
    public String approvalNotYours(String code) {
        return "什么也没有做：批准请求 " + code + " 只能由提出的人或所有者决定。";
    }

    @Override
    public String decidedElsewhere(String code, boolean approved, String conversation) {
        return code + (approved ? " 已批准" : " 已拒绝") + "；结果会在对话 " + conversation + " 中告知。";
    }

    @Override
    public String nothingToStop() {
        return "没有可停止的事。";
    }

    @Override
    public String stoppedTurns(int turns, int approvals) {
        return "已停止 " + turns + " 件事" + (approvals == 0 ? "。" : "，并关闭了 " + approvals + " 个批准请求。");
    }

    @Override
    public String freshConversation() {
        return "好的，重新开始：这个对话里之前说过的不再参考。记忆仍然保留。";
    }

    @Override
    public String nothingYet() {
        return "这个对话里还没有回复。";
    }

    @Override
    public String unknownCommand(String command) {
        return "我不认识命令 " + EnglishPhrases.shortened(command) + "。/help 列出所有命令。";
    }

    @Override
    public String settingWrong(String command, String value, String allowed) {
        return command + "：不允许“" + EnglishPhrases.shortened(value) + "”。允许：" + allowed;
    }

    @Override
    public String status(StatusReport report) {
        StringBuilder text = new StringBuilder();
        text.append(
                report.model() == null
                        ? "模型：没有配置（config/models.yaml）。不需要模型的功能照常可用。"
                        : "模型：" + report.model() + "，配置于 " + report.modelSource());
        if (report.problem() != null) text.append("\n问题：").append(report.problem());
        text.append("\n工具：已知 ").append(report.tools()).append(" 个");
        for (String tool : report.unavailable()) text.append("\n- 不可用：").append(tool);
        text.append("\n这个对话中：").append(report.running()).append(" 件事进行中");
        if (report.approvals().isEmpty()) text.append("，没有待批准的事。");
        for (String approval : report.approvals()) text.append("\n- 待批准：").append(approval);
        return text.toString();
    }

    @Override
    public String why(WhyReport report, ZoneId zone) {
        StringBuilder text = new StringBuilder("上一条回复是这样得来的：\n方法：").append(report.method());
        list(text, "步骤", report.steps());
        list(text, "记忆", report.memories());
        list(text, "策略", report.rules());
        text.append("\n用时：共 ").append(report.millis()).append(" 毫秒");
        if (!report.trace().isEmpty()) text.append("\n追踪：").append(report.trace());
        return text.toString();
    }

    private static void list(StringBuilder text, String heading, List<String> lines) {
        if (lines.isEmpty()) return;
        text.append('\n').append(heading).append('：');
        for (String line : lines) text.append("\n- ").append(line);
    }

    @Override
    public String modelFailure(String code, String model, String detail) {
        String what = switch (code) {
            case "model.unreachable" -> "无法连接";
            case "model.timeout" -> "用时太久";
            case "model.rate-limited" -> "受到限流，请稍后再试";
            case "model.unauthorized" -> "拒绝了 API 密钥";
            case "model.not-found" -> "在其端点上不存在";
            case "model.configuration" -> "配置有误";
            default -> "出错";
        };
        return "模型 " + model + " " + what + "。" + detail;
    }
}
