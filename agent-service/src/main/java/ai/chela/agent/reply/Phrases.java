package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.TriggerFired;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that Chela says by itself, in one language. A new language is one more implementation. */
public sealed interface Phrases permits EnglishPhrases, ChinesePhrases {
    /** Chinese for {@code zh...}, English for everything else. */
    static Phrases in(String language) {
        return language.startsWith("zh") ? ChinesePhrases.INSTANCE : EnglishPhrases.INSTANCE;
    }

    // What the engine says

    /** Nothing but a model could answer, and none is configured (or it is configured wrongly). */
    String needsModel(@Nullable String notUnderstood, List<String> nearest, @Nullable String modelProblem);

    String denied(Operation operation, String rule);

    /** The reply of an operation that this service does by itself: {@code agent.greet} and the like. */
    String local(String operation);

    /** A preference was changed: {@code settings.*}. */
    String preferred(Operation operation);

    /** What would be done, under which rule, and the exact words to type. */
    String approvalQuestion(Call call, CallState.Asked asked, boolean alone, ZoneId zone);

    String approvalDenied(Call call);

    String approvalExpired(Call call, String code);

    String stopped();

    String broken();

    String modelLost();

    String modelEmpty();

    String modelCircles(int rounds);

    /** A service did not answer; {@code stands}: the change is stored and will be made when it is back. */
    String serviceSilent(String service, boolean stands);

    String toolSilent(Operation operation);

    // What the other services answer

    String memory(MemoryChanged changed, ZoneId zone);

    String recalled(RecallCompleted recalled, ZoneId zone);

    String schedule(ScheduleChanged changed, ZoneId zone);

    String fired(TriggerFired fired);

    String laterArrives(String where);

    // What commands answer

    String help();

    String approvalUnknown(@Nullable String code, List<String> open);

    String approvalClosed(String code, String state);

    String approvalNotYours(String code);

    /** The approval belongs to another conversation, where its result will be told. */
    String decidedElsewhere(String code, boolean approved, String conversation);

    String nothingToStop();

    String stoppedTurns(int turns, int approvals);

    String freshConversation();

    String nothingYet();

    String unknownCommand(String command);

    String settingWrong(String command, String value, String allowed);

    String status(StatusReport report);

    String why(WhyReport report, ZoneId zone);

    /** What went wrong with a model, by the code of its failure. */
    String modelFailure(String code, String model, String detail);

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
