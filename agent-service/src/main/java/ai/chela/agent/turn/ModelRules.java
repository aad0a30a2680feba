package ai.chela.agent.turn;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.CallResult.Outcome;
import ai.chela.agent.turn.Progress.Source;
import ai.chela.contracts.turn.MessageReceived.Mode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rounds of a model: asked, answered, given the results of its calls, asked again. */
final class ModelRules {
    /** More rounds than this in one turn are a model that goes in circles. */
    static final int MAX_ROUNDS = 8;

    /** How often the same model call is made when its holder dies each time. */
    static final int MAX_TRIES = 3;

    private static final int LONGEST_QUERY = 10_000;

    private ModelRules() {}

    /** Goes over to the model, or says that one is needed. */
    static TurnState start(Step step, String language, @Nullable String notUnderstood, List<String> nearest) {
        Progress progress = Progress.start(Source.MODEL, language, List.of());
        if (step.around.model() == null)
            return Conclusion.finish(
                    step,
                    progress,
                    step.phrases(progress)
                            .needsModel(notUnderstood, nearest, step.around.modelProblem(), Telling.isOne(step.input)));
        if (step.input.mode() == Mode.PLAIN) return next(step, progress);
        String text = step.input.text();
        Operation recall = new Operation(
                "memory.recall",
                Map.of("query", text.length() > LONGEST_QUERY ? text.substring(0, LONGEST_QUERY) : text));
        Progress recalling = CallRules.begin(step, progress, recall, null, List.of());
        return recalling.waitsForCalls() ? new TurnState.Working(recalling) : next(step, recalling);
    }

    /** The next round: the model is shown what its calls gave. */
    static TurnState next(Step step, Progress progress) {
        int rounds = progress.rounds().size();
        if (rounds >= MAX_ROUNDS)
            return Conclusion.fail(
                    step, progress, "model.circles", step.phrases(progress).modelCircles(MAX_ROUNDS));
        String model = step.around.model();
        if (model != null)
            step.show(step.replyTo(progress), step.phrases(progress).stepModel(model, rounds + 1));
        return ask(step, progress, progress.nextAttempt());
    }

    private static TurnState ask(Step step, Progress progress, int attempt) {
        step.commands.add(new TurnCommand.AskModel(attempt));
        return new TurnState.Thinking(progress, attempt);
    }

    /** The same round again: whoever made the call is gone. */
    static TurnState again(Step step, TurnState.Thinking thinking) {
        Progress progress = thinking.progress();
        int tries = thinking.attempt() + 1 - progress.nextAttempt();
        if (tries >= MAX_TRIES)
            return Conclusion.fail(
                    step, progress, "model.lost", step.phrases(progress).modelLost());
        String model = step.around.model();
        if (model != null)
            step.show(step.replyTo(progress), step.phrases(progress).stepModelAgain(model, tries + 1));
        return ask(step, progress, thinking.attempt() + 1);
    }

    static TurnState answered(Step step, TurnState state, TurnEvent.ModelAnswered answered) {
        if (!(state instanceof TurnState.Thinking(Progress progress, int attempt)) || attempt != answered.attempt())
            return state;
        if (!answered.calls().isEmpty()) return called(step, progress, answered);
        if (answered.text().isBlank())
            return Conclusion.fail(
                    step, progress, "model.empty", step.phrases(progress).modelEmpty());
        return Conclusion.finish(step, progress, answered.text());
    }

    private static TurnState called(Step step, Progress progress, TurnEvent.ModelAnswered answered) {
        int first = progress.calls().size();
        Progress now = progress.plus(
                new Progress.Round(answered.text(), first, answered.calls().size(), answered.attempt()));
        for (TurnEvent.ModelAnswered.ToolCall wanted : answered.calls()) now = wanted(step, now, wanted);
        List<Operation> running = now.calls().subList(first, now.calls().size()).stream()
                .filter(Call::requested)
                .map(Call::operation)
                .toList();
        if (running.isEmpty()) return Conclusion.of(step, now);
        step.show(step.replyTo(now), step.phrases(now).stepRunning(running));
        return new TurnState.Working(now);
    }

    private static Progress wanted(Step step, Progress progress, TurnEvent.ModelAnswered.ToolCall wanted) {
        Operation operation = new Operation(wanted.operation(), wanted.args());
        if (wanted.problem() == null)
            return CallRules.begin(step, progress, operation, wanted.modelCallId(), List.of());
        Call call = new Call(
                step.callId(progress.calls().size()),
                operation,
                Step.NOT_BEGUN,
                wanted.modelCallId(),
                null,
                null,
                "checked before policy");
        return progress.plus(call.with(step.done(Outcome.REFUSED, wanted.problem())));
    }

    static TurnState failed(Step step, TurnState state, TurnEvent.ModelFailed failed) {
        if (!(state instanceof TurnState.Thinking(Progress progress, int attempt)) || attempt != failed.attempt())
            return state;
        return Conclusion.fail(step, progress, failed.code(), failed.text());
    }

    /** Whether calls of the last round gave what the model has not seen; a refusal by a person is told without it. */
    static boolean hasUnseen(Progress progress) {
        if (progress.source() != Source.MODEL || progress.rounds().isEmpty()) return false;
        Progress.Round round = progress.rounds().getLast();
        return progress.calls().subList(round.firstCall(), round.firstCall() + round.count()).stream()
                .map(Call::result)
                .anyMatch(result ->
                        result != null && result.outcome() != Outcome.DENIED && result.outcome() != Outcome.EXPIRED);
    }
}
