package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import ai.chela.agent.turn.OpenApproval;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** Questions to people, and what becomes of them. English. */
interface EnglishApprovals extends ApprovalPhrases {
    @Override
    default String denied(Operation operation, String rule) {
        return "Not done: " + operation.name() + " is not allowed here (" + rule
                + "). Whoever runs Chela can allow it in config/policy.yaml.";
    }

    @Override
    default String approvalQuestion(Call call, CallState.Asked asked, boolean alone, ZoneId zone) {
        return "This needs your approval (" + asked.rule() + "):\n\n" + shown(call.operation()) + "\n\nType "
                + (alone ? "/approve or /approve " + asked.code() : "/approve " + asked.code())
                + " to do it, " + (alone ? "/deny" : "/deny " + asked.code()) + " to leave it. It expires on "
                + Times.english(asked.expiresAt(), zone) + ".";
    }

    private static String shown(Operation operation) {
        String whole = Shown.whole(operation);
        return operation.name().equals("shell.run") ? whole + "\nin the sandbox: no host files, no network." : whole;
    }

    @Override
    default String approvalDenied(Call call) {
        return "Denied: " + Shown.line(call.operation()) + " was not run.";
    }

    @Override
    default String approvalExpired(Call call, String code) {
        return "The approval " + code + " has expired after 15 minutes, so nothing was run: "
                + Shown.line(call.operation()) + ". Ask again if you still want it.";
    }

    @Override
    default String approvedOthersOpen(Operation operation, List<String> codes) {
        return "Approved: " + Shown.line(operation) + ". I go on when the rest is decided, too: "
                + codes.stream()
                        .map(code -> "/approve " + code + " or /deny " + code)
                        .collect(Collectors.joining("; "))
                + ".";
    }

    @Override
    default String approvalsOpen(List<OpenApproval> open, String conversation) {
        List<OpenApproval> candidates = Shown.candidates(open, conversation);
        if (candidates.isEmpty()) return "Nothing waits for your approval.";
        if (candidates.size() == 1)
            return "Type exactly: /approve\nIt does: " + shown(candidates.getFirst(), conversation)
                    + "\nTo refuse it: /deny";
        return "Several wait for your approval. Type exactly one of these:\n" + typed(candidates, conversation)
                + "\nTo refuse one: /deny with its code.";
    }

    private static String typed(List<OpenApproval> open, String conversation) {
        return open.stream()
                .map(approval -> "- /approve " + approval.code() + "  does: " + shown(approval, conversation))
                .collect(Collectors.joining("\n"));
    }

    private static String shown(OpenApproval approval, String conversation) {
        return Shown.line(approval.operation())
                + (approval.conversation().equals(conversation) ? "" : " (asked in " + approval.conversation() + ")");
    }

    @Override
    default String approvalUnknown(String code, List<OpenApproval> open, String conversation) {
        String unknown = "Nothing was done: there is no approval " + Shortened.text(code) + ".";
        return open.isEmpty()
                ? unknown + " Nothing waits for your approval."
                : unknown + " Open:\n" + typed(open, conversation);
    }

    @Override
    default String approvalClosed(String code, String state) {
        String closed = "Nothing was done: the approval " + code + " is no longer open";
        return switch (state) {
            case "approved" -> closed + ". It was approved before, and each can be used once.";
            case "denied" -> closed + ". It was denied before. Ask again if you want it now.";
            case "expired" -> closed + ". It expired after 15 minutes. Ask again if you still want it.";
            case "stopped" -> closed + ". What asked for it was stopped. Ask again if you still want it.";
            default -> closed + ".";
        };
    }

    @Override
    default String approvalNotYours(String code) {
        return "Nothing was done: the approval " + code
                + " can only be decided by the person who asked, or by an owner.";
    }

    @Override
    default String decidedElsewhere(String code, boolean approved, String conversation) {
        return code + (approved ? " is approved" : " is denied") + "; the outcome is told in the conversation "
                + conversation + ".";
    }
}
