package ai.chela.agent.turn;

import ai.chela.agent.operation.Doer;
import ai.chela.agent.planner.Operation;
import ai.chela.agent.planner.Planned;
import ai.chela.agent.turn.CallResult.Outcome;
import ai.chela.agent.turn.Progress.Source;
import java.util.List;

/**
 * Decides what a turn does next: (state, event) to (state, commands), without I/O. An event that no longer fits the state
 * (a result that comes twice, a decision on a closed approval, the answer of a model call that was made again) changes
 * nothing.
 */
public final class Engine {
    private Engine() {}

    /** The state after an event, and what is to be done about it. */
    public record Next(TurnState state, List<TurnCommand> commands) {}

    public static Next apply(TurnInput input, TurnState state, TurnEvent event, Surroundings around) {
        Step step = new Step(input, around);
        TurnState next = switch (event) {
            case TurnEvent.Begun begun -> state instanceof TurnState.Queued ? begin(step, begun) : state;
            case TurnEvent.CallCompleted(String requestId, CallResult result) ->
                completed(step, state, requestId, result);
            case TurnEvent.ModelAnswered answered -> ModelRules.answered(step, state, answered);
            case TurnEvent.ModelFailed failed -> ModelRules.failed(step, state, failed);
            case TurnEvent.Decided decided -> ApprovalRules.decided(step, state, decided);
            case TurnEvent.Woken _ -> woken(step, state);
            case TurnEvent.Stopped _ ->
                state instanceof TurnState.Finished ? state : Conclusion.stop(step, progress(step, state));
            case TurnEvent.Broken _ -> broken(step, state);
        };
        return new Next(next, step.commands);
    }

    /** Another try of a model call whose holder is gone. */
    public static Next takeOver(TurnInput input, TurnState.Thinking thinking, Surroundings around) {
        Step step = new Step(input, around);
        return new Next(ModelRules.again(step, thinking), step.commands);
    }

    private static TurnState begin(Step step, TurnEvent.Begun begun) {
        return switch (begun.planned()) {
            case null -> ModelRules.start(step, step.input.language(), null, List.of());
            case Planned.Plan plan ->
                proceed(
                        step,
                        Progress.start(Source.PLANNER, plan.language(), plan.operations(), plan.notes()),
                        begun.open());
            case Planned.Question question ->
                Conclusion.finish(
                        step, Progress.start(Source.PLANNER, question.language(), List.of()), question.text());
            case Planned.NotUnderstood not -> ModelRules.start(step, not.language(), not.what(), not.nearest());
        };
    }

    /** Begins what can be begun of the plan; concludes when nothing is left to wait for. */
    private static TurnState proceed(Step step, Progress progress, List<OpenApproval> open) {
        Progress now = progress;
        while (!now.todo().isEmpty()) {
            Operation operation = now.todo().getFirst();
            if (now.waitsForCalls() && !sideBySide(operation)) break;
            now = CallRules.begin(
                    step, now.withTodo(now.todo().subList(1, now.todo().size())), operation, null, open);
            if (now.waitsForCalls() && !sideBySide(operation)) break;
        }
        return now.waitsForCalls() ? new TurnState.Working(now) : Conclusion.of(step, now);
    }

    /** Reading tools do not depend on each other; everything else is done in the order of the plan. */
    private static boolean sideBySide(Operation operation) {
        return Doer.of(operation.name()) == Doer.TOOL && !operation.name().equals("shell.run");
    }

    private static TurnState goOn(Step step, Progress progress) {
        return progress.source() == Source.PLANNER
                ? proceed(step, progress, List.of())
                : progress.waitsForCalls() ? new TurnState.Working(progress) : Conclusion.of(step, progress);
    }

    private static TurnState completed(Step step, TurnState state, String requestId, CallResult result) {
        if (state instanceof TurnState.Queued) return state;
        Progress progress = progress(step, state);
        Call call = progress.call(Call.idOf(requestId));
        if (call == null || !CallRules.isCurrent(call, requestId, result)) return state;
        if (call.result() instanceof CallResult known)
            return known.outcome() == Outcome.UNKNOWN && result.outcome() != Outcome.UNKNOWN
                    ? state.with(CallRules.late(step, progress, call, result))
                    : state;
        if (!call.requested()) return state;
        Call received = CallRules.received(step, progress, call, result);
        Progress now = progress.with(received);
        return state instanceof TurnState.Parked
                ? Conclusion.released(step, now, received, received.result())
                : goOn(step, now);
    }

    private static TurnState woken(Step step, TurnState state) {
        return switch (state) {
            case TurnState.Queued _, TurnState.Thinking _, TurnState.Finished _ -> state;
            case TurnState.Working(Progress progress) -> {
                Progress now = progress;
                for (Call call : progress.calls()) now = now.with(overdue(step, now, call));
                yield now.equals(progress) ? state : goOn(step, now);
            }
            case TurnState.Parked(Progress progress) -> wokenParked(step, progress);
        };
    }

    /** One after the other: what is overdue may be the last that it waited for. */
    private static TurnState wokenParked(Step step, Progress progress) {
        TurnState now = new TurnState.Parked(progress);
        for (Call call : progress.calls()) {
            if (!(now instanceof TurnState.Parked(Progress parked))) return now;
            Call changed = overdue(step, parked, call);
            if (changed.equals(call)) continue;
            CallResult result = changed.result();
            if (result != null && result.outcome() == Outcome.EXPIRED) {
                step.answer(null, result.text());
                now = Conclusion.settled(step, parked.with(changed));
            } else now = Conclusion.released(step, parked.with(changed), changed, result);
        }
        return now;
    }

    /** The call as it is when what it waits for has not come in time. */
    private static Call overdue(Step step, Progress progress, Call call) {
        return switch (call.state()) {
            case CallState.Requested requested
            when !requested.deadline().isAfter(step.around.now()) -> CallRules.silent(step, progress, call, requested);
            case CallState.Asked asked
            when ApprovalRules.isOverdue(step, progress, asked) -> ApprovalRules.expired(step, progress, call, asked);
            case CallState.Requested _, CallState.Asked _, CallState.Done _ -> call;
        };
    }

    private static TurnState broken(Step step, TurnState state) {
        if (state instanceof TurnState.Finished) return state;
        Progress progress = progress(step, state);
        return Conclusion.fail(
                step, progress, "turn.broken", step.phrases(progress).broken());
    }

    private static Progress progress(Step step, TurnState state) {
        return switch (state) {
            case TurnState.Queued _ -> Progress.start(Source.PLANNER, step.input.language(), List.of());
            case TurnState.Working(Progress progress) -> progress;
            case TurnState.Thinking(Progress progress, int _) -> progress;
            case TurnState.Parked(Progress progress) -> progress;
            case TurnState.Finished(Progress progress) -> progress;
        };
    }
}
