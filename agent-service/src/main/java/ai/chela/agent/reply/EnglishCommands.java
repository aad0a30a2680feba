package ai.chela.agent.reply;

import java.time.ZoneId;
import java.util.List;

/** What commands answer. English. */
interface EnglishCommands extends CommandPhrases {
    @Override
    default String help() {
        return """
                What I understand without a language model (also in Chinese):
                - remember that the staging database is db-17 / which database does staging use? / no, it is db-18 / forget which database staging uses
                - remind me in 20 minutes to check the backup / every weekday at 9:00 remind us to update the board / tomorrow at 3pm remind me to call Ana
                - watch https://example.com/health every minute and tell me when it is not 200
                - check disk and memory / what time is it in Tokyo? / what is 12*7+3?
                - run `ls -la` (in a sandbox, after your approval)
                Several at once: join them with "and".

                Commands: /help  /status  /memory  /schedule  /approve [code]  /deny [code]  /stop  /new  /plan  /why  /language en|zh  /timezone ZONE
                - /memory search|why|before|pin|expire|forget m-1, export, habits, learning off    - /schedule pause|resume|cancel|run t-1""";
    }

    @Override
    default String nothingToStop() {
        return "There is nothing to stop.";
    }

    @Override
    default String stoppedTurns(int turns, int approvals) {
        return "Stopped " + turns + (turns == 1 ? " turn" : " turns")
                + (approvals == 0 ? "." : " and closed " + approvals + (approvals == 1 ? " approval." : " approvals."));
    }

    @Override
    default String freshConversation() {
        return "All right, a fresh start: what was said before in this conversation is not looked at any more. Memories stay.";
    }

    @Override
    default String nothingYet() {
        return "There is no earlier reply in this conversation.";
    }

    @Override
    default String unknownCommand(String command) {
        return "I do not know the command " + Shortened.text(command) + ". /help lists them.";
    }

    @Override
    default String settingWrong(String command, String value, String allowed) {
        return command + ": \"" + Shortened.text(value) + "\" is not allowed. Allowed: " + allowed;
    }

    @Override
    default String status(StatusReport report) {
        StringBuilder text = new StringBuilder();
        text.append(
                report.model() == null
                        ? "Model: none configured (config/models.yaml). What needs none works."
                        : "Model: " + report.model() + ", configured in " + report.modelSource());
        if (report.problem() != null) text.append("\nProblem: ").append(report.problem());
        text.append("\nTools: ").append(report.tools()).append(" known");
        for (String tool : report.unavailable())
            text.append("\n- not available: ").append(tool);
        text.append("\nIn this conversation: ").append(report.running()).append(" under way");
        if (report.approvals().isEmpty()) text.append(", no approval open.");
        for (String approval : report.approvals())
            text.append("\n- open approval: ").append(approval);
        return text.toString();
    }

    @Override
    default String why(WhyReport report, ZoneId zone) {
        StringBuilder text = new StringBuilder("How the last reply came about:\nMethod: ").append(report.method());
        list(text, "Steps", report.steps());
        list(text, "Memories", report.memories());
        list(text, "Policy", report.rules());
        text.append("\nTime: ").append(report.millis()).append(" ms in all");
        if (!report.trace().isEmpty()) text.append("\nTrace: ").append(report.trace());
        return text.toString();
    }

    private static void list(StringBuilder text, String heading, List<String> lines) {
        if (lines.isEmpty()) return;
        text.append('\n').append(heading).append(':');
        for (String line : lines) text.append("\n- ").append(line);
    }
}
