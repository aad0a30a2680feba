package ai.chela.agent.command;

import ai.chela.agent.journal.Steps;
import ai.chela.agent.journal.TurnRow;
import ai.chela.agent.reply.CommandPhrases.WhyReport;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallResult;
import ai.chela.agent.turn.Progress;
import ai.chela.agent.turn.TurnState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a reply came about, from the journal of its turn. */
final class WhyReports {
    private WhyReports() {}

    static WhyReport of(TurnRow row, List<Steps.Shown> steps) {
        Progress progress = progress(row.state());
        List<Call> calls = progress == null ? List.of() : progress.calls();
        long millis = steps.stream()
                .map(Steps.Shown::millis)
                .filter(java.util.Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
        return new WhyReport(
                row.explanation() == null ? "" : row.explanation(),
                steps.stream().map(WhyReports::shown).toList(),
                calls.stream()
                        .map(call -> call.operation().name() + ": " + call.rule())
                        .toList(),
                calls.stream()
                        .flatMap(call -> memories(call).stream())
                        .distinct()
                        .toList(),
                millis,
                row.origin().traceparent() == null ? "" : trace(row.origin().traceparent()));
    }

    private static String shown(Steps.Shown step) {
        String time = step.millis() == null ? "" : ", " + step.millis() + " ms";
        return step.kind() + " " + step.name() + ": " + (step.outcome() == null ? "under way" : step.outcome()) + time;
    }

    private static String trace(String traceparent) {
        String[] parts = traceparent.split("-", -1);
        return parts.length > 1 ? parts[1] : "";
    }

    private static List<String> memories(Call call) {
        CallResult result = call.result();
        if (result == null) return List.of();
        List<String> handles = new ArrayList<>();
        for (String key : List.of("facts", "fact", "after")) {
            Object value = result.data().get(key);
            if (value instanceof List<?> facts) facts.forEach(fact -> handle(fact, handles));
            else handle(value, handles);
        }
        return handles;
    }

    private static void handle(@Nullable Object fact, List<String> handles) {
        if (fact instanceof Map<?, ?> map && map.get("handle") != null) handles.add(String.valueOf(map.get("handle")));
    }

    private static @Nullable Progress progress(TurnState state) {
        return switch (state) {
            case TurnState.Queued _ -> null;
            case TurnState.Working(Progress progress) -> progress;
            case TurnState.Thinking(Progress progress, int _) -> progress;
            case TurnState.Parked(Progress progress) -> progress;
            case TurnState.Finished(Progress progress) -> progress;
        };
    }
}
