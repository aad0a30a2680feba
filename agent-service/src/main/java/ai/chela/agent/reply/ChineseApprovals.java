package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import ai.chela.agent.turn.OpenApproval;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** Questions to people, and what becomes of them. Simplified Chinese. */
interface ChineseApprovals extends ApprovalPhrases {
    @Override
    default String denied(Operation operation, String rule) {
        return "没有执行：这里不允许 " + operation.name() + "（" + rule + "）。管理员可以在 config/policy.yaml 中放行。";
    }

    @Override
    default String approvalQuestion(Call call, CallState.Asked asked, boolean alone, ZoneId zone) {
        return "这需要你批准（" + asked.rule() + "）：\n\n" + shown(call.operation()) + "\n\n输入 "
                + (alone ? "/approve 或 /approve " + asked.code() : "/approve " + asked.code()) + " 执行，输入 "
                + (alone ? "/deny" : "/deny " + asked.code()) + " 放弃。有效期至"
                + Times.chinese(asked.expiresAt(), zone) + "。";
    }

    private static String shown(Operation operation) {
        String whole = Shown.whole(operation);
        return operation.name().equals("shell.run") ? whole + "\n在沙箱中：看不到主机文件，没有网络。" : whole;
    }

    @Override
    default String approvalDenied(Call call) {
        return "已拒绝，没有执行：" + Shown.line(call.operation()) + "。";
    }

    @Override
    default String approvalExpired(Call call, String code) {
        return "批准请求 " + code + " 已在15分钟后过期，没有执行：" + Shown.line(call.operation()) + "。如仍需要，请重新提出。";
    }

    @Override
    default String approvedOthersOpen(Operation operation, List<String> codes) {
        return "已批准：" + Shown.line(operation) + "。其余的也决定之后我再继续："
                + codes.stream()
                        .map(code -> "/approve " + code + " 或 /deny " + code)
                        .collect(Collectors.joining("；"))
                + "。";
    }

    @Override
    default String approvalsOpen(List<OpenApproval> open, String conversation) {
        List<OpenApproval> candidates = Shown.candidates(open, conversation);
        if (candidates.isEmpty()) return "没有等待你批准的事。";
        if (candidates.size() == 1)
            return "请准确输入：/approve\n将会执行：" + shown(candidates.getFirst(), conversation) + "\n要拒绝：/deny";
        return "有几件事在等你批准，请准确输入其中一行：\n" + typed(candidates, conversation) + "\n要拒绝某一件：/deny 加上它的代码。";
    }

    private static String typed(List<OpenApproval> open, String conversation) {
        return open.stream()
                .map(approval -> "- /approve " + approval.code() + "  将会执行：" + shown(approval, conversation))
                .collect(Collectors.joining("\n"));
    }

    private static String shown(OpenApproval approval, String conversation) {
        return Shown.line(approval.operation())
                + (approval.conversation().equals(conversation) ? "" : "（在 " + approval.conversation() + " 中提出）");
    }

    @Override
    default String approvalUnknown(String code, List<OpenApproval> open, String conversation) {
        String unknown = "什么也没有做：没有批准请求 " + Shortened.text(code) + "。";
        return open.isEmpty() ? unknown + "没有等待你批准的事。" : unknown + "待批准的有：\n" + typed(open, conversation);
    }

    @Override
    default String approvalClosed(String code, String state) {
        String closed = "什么也没有做：批准请求 " + code + " 已经结束";
        return switch (state) {
            case "approved" -> closed + "。它之前已被批准，每个只能用一次。";
            case "denied" -> closed + "。它之前已被拒绝。如现在需要，请重新提出。";
            case "expired" -> closed + "。它已在15分钟后过期。如仍需要，请重新提出。";
            case "stopped" -> closed + "。提出它的请求已被停止。如仍需要，请重新提出。";
            default -> closed + "。";
        };
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
