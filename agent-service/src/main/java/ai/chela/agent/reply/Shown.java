package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.OpenApproval;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Operations as people recognise them, the same in every language. */
final class Shown {
    private Shown() {}

    /** On one line, long values cut. */
    static String line(Operation operation) {
        String text = operation.name().equals("shell.run")
                ? "`" + operation.args().get("command") + "`"
                : operation.name() + args(operation);
        return Shortened.text(text.replaceAll("\\s+", " "));
    }

    static String lines(List<Operation> operations) {
        return operations.stream().map(Shown::line).distinct().collect(Collectors.joining(", "));
    }

    /** All of it, a command exactly as it was given. */
    static String whole(Operation operation) {
        return operation.name().equals("shell.run")
                ? "```\n" + operation.args().get("command") + "\n```"
                : operation.name() + args(operation);
    }

    private static String args(Operation operation) {
        if (operation.args().isEmpty()) return "";
        return new TreeMap<>(operation.args())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** What a bare {@code /approve} in this conversation is about: what was asked here, else what was asked elsewhere. */
    static List<OpenApproval> candidates(List<OpenApproval> open, String conversation) {
        List<OpenApproval> here = open.stream()
                .filter(approval -> approval.conversation().equals(conversation))
                .toList();
        return here.isEmpty() ? open : here;
    }
}
