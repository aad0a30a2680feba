package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Questions to people, and what becomes of them. Simplified Chinese. */
interface ChineseApprovals extends ApprovalPhrases {
    @Override
    default String denied(Operation operation, String rule) {
        return "没有执行：这里不允许 " + operation.name() + "（" + rule + "）。管理员可以在 config/policy.yaml 中放行。";
    }

    @Override
    default String approvalQuestion(Call call, CallState.Asked asked, boolean alone, ZoneId zone) {
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
    default String approvalDenied(Call call) {
        return "已拒绝，没有执行 " + call.operation().name() + "。";
    }

    @Override
    default String approvalExpired(Call call, String code) {
        return "对 " + call.operation().name() + " 的批准请求 " + code + " 已在15分钟后过期，什么也没有执行。如仍需要，请重新提出。";
    }

    @Override
    default String approvalUnknown(@Nullable String code, List<String> open) {
        if (open.isEmpty()) return "没有等待你批准的事。";
        return (code == null ? "有几件事在等你批准，请说明是哪一件：" : "没有待批准的 " + code + "。待批准的有：")
                + open.stream().map(c -> "/approve " + c).collect(Collectors.joining("，"));
    }

    @Override
    default String approvalClosed(String code, String state) {
        return "什么也没有做：批准请求 " + code + " 已经结束（" + state + "）。每个只能用一次。";
    }

    @Override
    default String approvalNotYours(String code) {
        return "什么也没有做：批准请求 " + code + " 只能由提出的人或所有者决定。";
    }

    @Override
    default String decidedElsewhere(String code, boolean approved, String conversation) {
        return code + (approved ? " 已批准" : " 已拒绝") + "；结果会在对话 " + conversation + " 中告知。";
    }
}
