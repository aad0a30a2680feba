package ai.chela.agent.turn;

import ai.chela.agent.journal.TurnRow;
import ai.chela.agent.reply.Phrases;
import ai.chela.agent.turn.CallResult.Outcome;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.tool.ToolCompleted;
import ai.chela.kit.wire.WireJson;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.ZoneId;
import java.util.Map;

/** What the other services answer, as results of calls: said in the turn's language, and as data for a model. */
public final class Results {
    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    private Results() {}

    public static CallResult of(ToolCompleted completed) {
        return switch (completed) {
            case ToolCompleted.Succeeded done -> new CallResult(Outcome.OK, done.text(), done.data(), done.millis());
            case ToolCompleted.Failed failed ->
                new CallResult(Outcome.FAILED, failed.text(), Map.of("code", failed.code()), failed.millis());
            case ToolCompleted.Refused refused ->
                new CallResult(Outcome.REFUSED, refused.text(), Map.of("code", refused.code()), refused.millis());
            case ToolCompleted.Unknown unknown ->
                new CallResult(Outcome.UNKNOWN, unknown.text(), Map.of(), unknown.millis());
        };
    }

    /** A search shows all that it found, fit or not; a question is answered or not. */
    public static CallResult of(RecallCompleted recalled, TurnRow row, String language) {
        Phrases phrases = Phrases.in(language);
        ZoneId zone = row.input().zone();
        if (isSearch(row.state(), recalled.callId()))
            return new CallResult(Outcome.OK, phrases.found(recalled.facts(), zone), data(recalled), recalled.millis());
        return new CallResult(
                recalled.certain() ? Outcome.OK : Outcome.UNCERTAIN,
                phrases.recalled(recalled, zone),
                data(recalled),
                recalled.millis());
    }

    private static boolean isSearch(TurnState state, String callId) {
        Call call = switch (state) {
            case TurnState.Queued _, TurnState.Finished _ -> null;
            case TurnState.Working(Progress progress) -> progress.call(callId);
            case TurnState.Thinking(Progress progress, int _) -> progress.call(callId);
            case TurnState.Parked(Progress progress) -> progress.call(callId);
        };
        return call != null && call.operation().name().equals("memory.search");
    }

    public static CallResult of(MemoryChanged changed, TurnInput input, String language) {
        Outcome outcome = switch (changed) {
            case MemoryChanged.Remembered _,
                    MemoryChanged.Corrected _,
                    MemoryChanged.Forgotten _,
                    MemoryChanged.ForgottenAll _,
                    MemoryChanged.Confirm _,
                    MemoryChanged.Listed _,
                    MemoryChanged.Explained _,
                    MemoryChanged.LookedBack _,
                    MemoryChanged.Marked _,
                    MemoryChanged.Exported _,
                    MemoryChanged.Habits _,
                    MemoryChanged.LearningSet _,
                    MemoryChanged.Reviewed _ -> Outcome.OK;
            case MemoryChanged.Ambiguous _, MemoryChanged.NotFound _, MemoryChanged.Refused _ -> Outcome.REFUSED;
        };
        return new CallResult(outcome, Phrases.in(language).memory(changed, input.zone()), data(changed), 0);
    }

    public static CallResult of(ScheduleChanged changed, TurnInput input, String language) {
        Phrases phrases = Phrases.in(language);
        String text = phrases.schedule(changed, input.zone());
        return switch (changed) {
            case ScheduleChanged.Created _ -> new CallResult(Outcome.OK, later(text, input, phrases), data(changed), 0);
            case ScheduleChanged.Changed _, ScheduleChanged.Listed _ ->
                new CallResult(Outcome.OK, text, data(changed), 0);
            case ScheduleChanged.Refused(String _, String code, var _) ->
                new CallResult(
                        code.equals("watch.needs-approval") ? Outcome.NEEDS_APPROVAL : Outcome.REFUSED,
                        text,
                        data(changed),
                        0);
        };
    }

    private static String later(String text, TurnInput input, Phrases phrases) {
        return input.laterArrives() == null ? text : text + "\n" + phrases.laterArrives(input.laterArrives());
    }

    private static Map<String, Object> data(Object message) {
        Map<String, Object> data = WireJson.mapper().convertValue(message, DATA);
        data.remove("callId");
        return data;
    }
}
