package ai.chela.agent.reply;

import java.time.ZoneId;
import java.util.List;

/** What commands answer. Simplified Chinese. */
interface ChineseCommands extends CommandPhrases {
    @Override
    default String help() {
        return """
                不需要语言模型我就能听懂（英文也可以）：
                - 记住：生产发布窗口是周四晚上十点 / 发布窗口是什么时候？ / 不对，是周五晚上十点 / 忘掉发布窗口
                - 20分钟后提醒我检查备份 / 每个工作日早上9点提醒我们更新看板 / 每天早上8点提醒我提交日报
                - 每10秒检查 https://example.com/health，不是200就告诉我
                - 查一下磁盘和内存 / 东京现在几点？ / 计算 12*7+3
                - 运行 `ls -la`（在沙箱里，需要你批准）
                可以一次说几件事。

                命令：/帮助  /状态  /记忆  /日程  /批准 [代码]  /拒绝 [代码]  /停止  /新对话  /计划  /为什么  /语言 en|zh  /时区 时区
                - /记忆 搜索|为什么|之前|置顶|过期|忘掉 m-1、导出、习惯、学习 关    - /日程 暂停|恢复|取消|执行 t-1
                英文的也可以：/help  /status  /memory  /schedule  /approve  /deny  /stop  /new  /plan  /why  /language  /timezone""";
    }

    @Override
    default String nothingToStop() {
        return "没有可停止的事。";
    }

    @Override
    default String stoppedTurns(int turns, int approvals) {
        return "已停止 " + turns + " 件事" + (approvals == 0 ? "。" : "，并关闭了 " + approvals + " 个批准请求。");
    }

    @Override
    default String freshConversation() {
        return "好的，重新开始：这个对话里之前说过的不再参考。记忆仍然保留。";
    }

    @Override
    default String nothingYet() {
        return "这个对话里还没有回复。";
    }

    @Override
    default String unknownCommand(String command) {
        return "我不认识命令 " + Shortened.text(command) + "。/帮助 列出所有命令。";
    }

    @Override
    default String settingWrong(String command, String value, String allowed) {
        return command + "：不允许“" + Shortened.text(value) + "”。允许：" + allowed;
    }

    @Override
    default String status(StatusReport report) {
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
    default String why(WhyReport report, ZoneId zone) {
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
}
