package ai.chela.agent.reply;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What commands answer. */
public interface CommandPhrases {
    String help();

    String nothingToStop();

    String stoppedTurns(int turns, int approvals);

    String freshConversation();

    String nothingYet();

    String unknownCommand(String command);

    String settingWrong(String command, String value, String allowed);

    String status(StatusReport report);

    String why(WhyReport report, ZoneId zone);

    /**
     * What {@code /status} shows.
     *
     * @param model name of the default model, null without one
     * @param unavailable tools that would be refused, each with the reason
     */
    record StatusReport(
            @Nullable String model,
            @Nullable String modelSource,
            @Nullable String problem,
            int tools,
            List<String> unavailable,
            int running,
            List<String> approvals) {}

    /** What {@code /why} shows of the last reply. */
    record WhyReport(
            String method, List<String> steps, List<String> rules, List<String> memories, long millis, String trace) {}
}
