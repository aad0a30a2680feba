package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Questions to people, and what becomes of them. English. */
interface EnglishApprovals extends ApprovalPhrases {
    @Override
    default String denied(Operation operation, String rule) {
        return "Not done: " + operation.name() + " is not allowed here (" + rule
                + "). Whoever runs Chela can allow it in config/policy.yaml.";
    }

    @Override
    default String approvalQuestion(Call call, CallState.Asked asked, boolean alone, ZoneId zone) {
        return "This needs your approval (" + asked.rule() + "):\n\n" + shown(call) + "\n\nType "
                + (alone ? "/approve or /approve " + asked.code() : "/approve " + asked.code())
                + " to do it, " + (alone ? "/deny" : "/deny " + asked.code()) + " to leave it. It expires on "
                + Times.english(asked.expiresAt(), zone) + ".";
    }

    private static String shown(Call call) {
        if (call.operation().name().equals("shell.run"))
            return "```\n" + call.operation().args().get("command")
                    + "\n```\nin the sandbox: no host files, no network.";
        return call.operation().name() + " "
                + call.operation().args().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    @Override
    default String approvalDenied(Call call) {
        return "Denied. " + call.operation().name() + " was not run.";
    }

    @Override
    default String approvalExpired(Call call, String code) {
        return "The approval " + code + " for " + call.operation().name()
                + " has expired after 15 minutes; nothing was run. Ask again if you still want it.";
    }

    @Override
    default String approvalUnknown(@Nullable String code, List<String> open) {
        if (open.isEmpty()) return "Nothing waits for your approval.";
        return (code == null
                        ? "Several wait for your approval. Say which: "
                        : "There is no open approval " + code + ". Open: ")
                + open.stream().map(c -> "/approve " + c).collect(Collectors.joining(", "));
    }

    @Override
    default String approvalClosed(String code, String state) {
        return "Nothing was done: the approval " + code + " is no longer open (" + state + "). Each can be used once.";
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
