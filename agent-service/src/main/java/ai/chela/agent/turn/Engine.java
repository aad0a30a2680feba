package ai.chela.agent.turn;

import ai.chela.agent.operation.Doer;
import ai.chela.agent.planner.Operation;
import ai.chela.agent.planner.Planned;
import ai.chela.agent.policy.Decision;
import ai.chela.agent.turn.CallResult.Outcome;
import ai.chela.agent.turn.Progress.Source;
import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.contracts.turn.MessageReceived.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a turn does next: (state, event) to (state, commands), without I/O. An event that no longer fits the state
 * (a result that comes twice, a decision on a closed approval) changes nothing.
 */
public final class Engine {
    /** More model calls than this in one turn are a model that goes in circles. */
    static final int MAX_ROUNDS = 8;

    private static final int MAX_MODEL_ATTEMPTS = 3;

    private Engine() {}

    /** The state after an event, and what is to be done about it. */
    public record Next(TurnState state, List<TurnCommand> commands) {}

    public static Next apply(TurnInput input, TurnState state, TurnEvent event, Surroundings around) {
        Step step = new Step(input, around);
        TurnState next = switch (event) {
            case TurnEvent.Begun(Planned planned) -> state instanceof TurnState.Queued ? begin(step, planned) : state;
            case TurnEvent.CallCompleted(String callId, CallResult result) -> completed(step, state, callId, result);
            case TurnEvent.ModelAnswered answered -> answered(step, state, answered);
            case TurnEvent.ModelFailed failed -> modelFailed(step, state, failed);
            case TurnEvent.Decided decided -> decided(step, state, decided);
            case TurnEvent.Woken _ -> woken(step, state);
            case TurnEvent.Stopped _ -> stopped(step, state);
            case TurnEvent.Broken _ -> broken(step, state);
        };
        return new Next(next, step.commands);
    }

    /** Another try of a model call whose holder is gone. */
    public static Next takeOver(TurnInput input, TurnState.Thinking thinking, Surroundings around) {
        Step step = new Step(input, around);
        TurnState next = thinking.attempt() >= MAX_MODEL_ATTEMPTS
                ? fail(
                        step,
                        thinking.progress(),
                        "model.lost",
                        step.phrases(thinking.progress()).modelLost())
                : think(step, thinking.progress(), thinking.attempt() + 1);
        return new Next(next, step.commands);
    }

    private static TurnState begin(Step step, @Nullable Planned planned) {
        return switch (planned) {
            case null -> startModel(step, step.input.language(), null, List.of());
            case Planned.Plan plan ->
                proceed(step, Progress.start(Source.PLANNER, plan.language(), plan.operations(), plan.notes()));
            case Planned.Question question ->
                finish(step, Progress.start(Source.PLANNER, question.language(), List.of()), question.text());
            case Planned.NotUnderstood not -> startModel(step, not.language(), not.what(), not.nearest());
        };
    }

    /** Goes over to the model, or says that one is needed. */
    private static TurnState startModel(
            Step step, String language, @Nullable String notUnderstood, List<String> nearest) {
        Progress progress = Progress.start(Source.MODEL, language, List.of());
        if (step.around.model() == null)
            return finish(
                    step,
                    progress,
                    step.phrases(progress).needsModel(notUnderstood, nearest, step.around.modelProblem()));
        if (step.input.mode() == Mode.PLAIN) return think(step, progress, 1);
        String query = step.input.text().length() > 10_000 ? step.input.text().substring(0, 10_000) : step.input.text();
        Progress recalling = begin(step, progress, new Operation("memory.recall", Map.of("query", query)), null);
        return recalling.waitsForCalls() ? new TurnState.Working(recalling) : think(step, recalling, 1);
    }

    /** Begins what can be begun of the plan; concludes when nothing is left to wait for. */
    private static TurnState proceed(Step step, Progress progress) {
        Progress now = progress;
        while (!now.todo().isEmpty()) {
            Operation operation = now.todo().getFirst();
            if (now.waitsForCalls() && !sideBySide(operation)) break;
            now = begin(step, now.withTodo(now.todo().subList(1, now.todo().size())), operation, null);
            if (now.waitsForCalls() && !sideBySide(operation)) break;
        }
        return now.waitsForCalls() ? new TurnState.Working(now) : conclude(step, now);
    }

    /** Reading tools do not depend on each other; everything else is done in the order of the plan. */
    private static boolean sideBySide(Operation operation) {
        return Doer.of(operation.name()) == Doer.TOOL && !operation.name().equals("shell.run");
    }

    /** Begins one call: decided by policy, then handed on, asked about, or done at once. */
    private static Progress begin(Step step, Progress progress, Operation operation, @Nullable String modelCallId) {
        String id = step.callId(progress.calls().size());
        if (Doer.of(operation.name()) == Doer.AGENT)
            return allowed(
                    step, progress, new Call(id, operation, Step.NOT_BEGUN, modelCallId, null, null, "has no effect"));
        return switch (step.around
                .policy()
                .decide(operation, step.input.speaker().id())) {
            case Decision.Allow(String rule) ->
                allowed(step, progress, new Call(id, operation, Step.NOT_BEGUN, modelCallId, null, null, rule));
            case Decision.Ask(String rule) ->
                ask(step, progress, new Call(id, operation, Step.NOT_BEGUN, modelCallId, null, null, rule));
            case Decision.Deny(String rule) ->
                progress.plus(new Call(id, operation, Step.NOT_BEGUN, modelCallId, null, null, rule)
                        .with(step.done(
                                Outcome.DENIED_BY_POLICY, step.phrases(progress).denied(operation, rule))));
        };
    }

    private static Progress allowed(Step step, Progress progress, Call call) {
        return switch (Doer.of(call.operation().name())) {
            case AGENT ->
                progress.plus(call.with(step.done(
                        Outcome.OK,
                        step.phrases(progress).local(call.operation().name()))));
            case PREFERENCE -> {
                Call done =
                        call.with(step.done(Outcome.OK, step.phrases(progress).preferred(call.operation())));
                step.commands.add(new TurnCommand.Prefer(done));
                yield progress.plus(done);
            }
            case RECALL, MEMORY, SCHEDULER, TOOL -> progress.plus(step.request(call, 1));
        };
    }

    private static Progress ask(Step step, Progress progress, Call call) {
        Call asked = step.ask(call);
        return progress.plus(asked);
    }

    /** Everything that can be known without a person is known: answer. */
    private static TurnState conclude(Step step, Progress progress) {
        return switch (progress.source()) {
            case PLANNER -> concludePlan(step, progress);
            case MODEL -> {
                if (progress.waitsForPeople()) yield park(step, progress, lastText(progress));
                yield progress.rounds().size() >= MAX_ROUNDS
                        ? fail(
                                step,
                                progress,
                                "model.circles",
                                step.phrases(progress).modelCircles(MAX_ROUNDS))
                        : think(step, progress, 1);
            }
        };
    }

    private static TurnState concludePlan(Step step, Progress progress) {
        if (recalledInVain(progress) && step.around.model() != null && step.input.mode() == Mode.ASSISTANT)
            return think(step, progress.bySource(Source.MODEL), 1);
        String text = texts(progress);
        return progress.waitsForPeople() ? park(step, progress, text) : finish(step, progress, text);
    }

    /** A question that memory cannot answer is one for the model. */
    private static boolean recalledInVain(Progress progress) {
        return progress.calls().size() == 1
                && progress.calls().getFirst().operation().name().equals("memory.recall")
                && progress.calls().getFirst().result() instanceof CallResult result
                && result.outcome() == Outcome.UNCERTAIN;
    }

    private static String texts(Progress progress) {
        List<String> texts = new ArrayList<>();
        for (Call call : progress.calls())
            if (call.result() instanceof CallResult result && !result.text().isBlank()) texts.add(result.text());
        texts.addAll(progress.notes());
        return String.join("\n\n", texts);
    }

    private static String lastText(Progress progress) {
        return progress.rounds().isEmpty() ? "" : progress.rounds().getLast().text();
    }

    /** The question to a person is the answer; the turn waits without holding anything. */
    private static TurnState park(Step step, Progress progress, String before) {
        List<String> parts = new ArrayList<>();
        if (!before.isBlank()) parts.add(before);
        String code = null;
        List<Call> asked = progress.calls().stream().filter(Call::asked).toList();
        for (Call call : asked)
            if (call.state() instanceof CallState.Asked question) {
                parts.add(
                        step.phrases(progress).approvalQuestion(call, question, asked.size() == 1, step.input.zone()));
                if (code == null) code = question.code();
            }
        step.commands.add(new TurnCommand.Answer(step.replyTo(progress), String.join("\n\n", parts), code));
        return new TurnState.Parked(progress.withAnswered());
    }

    private static TurnState finish(Step step, Progress progress, String text) {
        step.commands.add(new TurnCommand.Answer(step.replyTo(progress), text, null));
        return new TurnState.Finished(progress.withAnswered());
    }

    private static TurnState fail(Step step, Progress progress, String code, String text) {
        step.commands.add(new TurnCommand.Fail(step.replyTo(progress), code, text));
        return new TurnState.Finished(closeAll(step, progress, ApprovalNotice.Outcome.STOPPED, Outcome.STOPPED)
                .withAnswered());
    }

    private static TurnState think(Step step, Progress progress, int attempt) {
        step.commands.add(new TurnCommand.AskModel(attempt));
        return new TurnState.Thinking(progress, attempt);
    }

    private static TurnState completed(Step step, TurnState state, String callId, CallResult result) {
        return switch (state) {
            case TurnState.Working(Progress progress)
            when progress.call(callId) instanceof Call call && call.requested() ->
                goOn(step, received(step, progress, call, result));
            case TurnState.Parked(Progress progress)
            when progress.call(callId) instanceof Call call && call.requested() ->
                continued(step, received(step, progress, call, result), callId);
            case TurnState.Queued _,
                    TurnState.Working _,
                    TurnState.Thinking _,
                    TurnState.Parked _,
                    TurnState.Finished _ -> state;
        };
    }

    private static Progress received(Step step, Progress progress, Call call, CallResult result) {
        if (result.outcome() != Outcome.NEEDS_APPROVAL) return progress.with(call.with(new CallState.Done(result)));
        return switch (step.around
                .policy()
                .decidePrivateAddress(call.operation(), step.input.speaker().id())) {
            case Decision.Allow(String rule) -> progress.with(step.request(call.approved("policy", null), 1));
            case Decision.Ask(String rule) ->
                progress.with(step.ask(new Call(
                        call.id(), call.operation(), call.state(), call.modelCallId(), null, call.replyTo(), rule)));
            case Decision.Deny(String rule) ->
                progress.with(call.with(step.done(
                        Outcome.DENIED_BY_POLICY, step.phrases(progress).denied(call.operation(), rule))));
        };
    }

    private static TurnState goOn(Step step, Progress progress) {
        return progress.source() == Source.PLANNER
                ? proceed(step, progress)
                : progress.waitsForCalls() ? new TurnState.Working(progress) : conclude(step, progress);
    }

    /** A call that a person has released is through: tell its result. */
    private static TurnState continued(Step step, Progress progress, String callId) {
        Call call = progress.call(callId);
        if (call == null) return new TurnState.Parked(progress);
        if (progress.source() == Source.MODEL) {
            if (progress.waitsForCalls() || progress.waitsForPeople()) return new TurnState.Parked(progress);
            return think(step, progress, 1);
        }
        CallResult result = call.result();
        step.commands.add(new TurnCommand.Answer(call.replyTo(), result == null ? "" : result.text(), null));
        return settled(progress);
    }

    private static TurnState settled(Progress progress) {
        return progress.waitsForCalls() || progress.waitsForPeople()
                ? new TurnState.Parked(progress)
                : new TurnState.Finished(progress);
    }

    private static TurnState answered(Step step, TurnState state, TurnEvent.ModelAnswered answered) {
        if (!(state instanceof TurnState.Thinking(Progress progress, int attempt)) || attempt != answered.attempt())
            return state;
        if (answered.calls().isEmpty()) {
            if (answered.text().isBlank())
                return fail(
                        step, progress, "model.empty", step.phrases(progress).modelEmpty());
            return finish(step, progress, answered.text());
        }
        Progress now = progress.plus(new Progress.Round(
                answered.text(), progress.calls().size(), answered.calls().size()));
        for (TurnEvent.ModelAnswered.ToolCall wanted : answered.calls()) now = wanted(step, now, wanted);
        return now.waitsForCalls() ? new TurnState.Working(now) : conclude(step, now);
    }

    private static Progress wanted(Step step, Progress progress, TurnEvent.ModelAnswered.ToolCall wanted) {
        Operation operation = new Operation(wanted.operation(), wanted.args());
        if (wanted.problem() == null) return begin(step, progress, operation, wanted.modelCallId());
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

    private static TurnState modelFailed(Step step, TurnState state, TurnEvent.ModelFailed failed) {
        if (!(state instanceof TurnState.Thinking(Progress progress, int attempt)) || attempt != failed.attempt())
            return state;
        return fail(step, progress, failed.code(), failed.text());
    }

    private static TurnState decided(Step step, TurnState state, TurnEvent.Decided decided) {
        if (!(state instanceof TurnState.Parked(Progress progress))
                || !(progress.askedBy(decided.code()) instanceof Call call)) return state;
        if (decided.approved()) {
            step.commands.add(
                    new TurnCommand.CloseApproval(decided.code(), ApprovalNotice.Outcome.APPROVED, decided.by()));
            return new TurnState.Parked(
                    progress.with(step.request(call.approved(decided.code(), decided.replyTo()), 1)));
        }
        step.commands.add(new TurnCommand.CloseApproval(decided.code(), ApprovalNotice.Outcome.DENIED, decided.by()));
        String text = step.phrases(progress).approvalDenied(call);
        Progress denied =
                progress.with(call.approved(decided.code(), decided.replyTo()).with(step.done(Outcome.DENIED, text)));
        step.commands.add(new TurnCommand.Answer(decided.replyTo(), text, null));
        return settled(denied);
    }

    private static TurnState woken(Step step, TurnState state) {
        return switch (state) {
            case TurnState.Queued _, TurnState.Thinking _, TurnState.Finished _ -> state;
            case TurnState.Working(Progress progress) -> {
                Progress now = overdue(step, progress);
                yield now.equals(progress) ? state : goOn(step, now);
            }
            case TurnState.Parked(Progress progress) -> wokenParked(step, progress);
        };
    }

    private static TurnState wokenParked(Step step, Progress progress) {
        TurnState now = new TurnState.Parked(progress);
        for (Call call : overdue(step, progress).calls()) {
            Call before = progress.call(call.id());
            if (before == null || before.state().equals(call.state())) continue;
            now = now instanceof TurnState.Parked(Progress parked) ? changed(step, parked.with(call), call) : now;
        }
        return now;
    }

    private static TurnState changed(Step step, Progress progress, Call call) {
        CallResult result = call.result();
        if (result == null) return new TurnState.Parked(progress);
        if (result.outcome() != Outcome.EXPIRED) return continued(step, progress, call.id());
        step.commands.add(new TurnCommand.Answer(null, result.text(), null));
        return settled(progress);
    }

    /** Gives up, or asks again for, what has not come in time. */
    private static Progress overdue(Step step, Progress progress) {
        Progress now = progress;
        for (Call call : progress.calls()) {
            switch (call.state()) {
                case CallState.Requested requested
                when !requested.deadline().isAfter(step.around.now()) ->
                    now = now.with(step.overdue(now, call, requested));
                case CallState.Asked asked
                when !asked.expiresAt().isAfter(step.around.now()) -> {
                    step.commands.add(
                            new TurnCommand.CloseApproval(asked.code(), ApprovalNotice.Outcome.EXPIRED, null));
                    now = now.with(call.with(
                            step.done(Outcome.EXPIRED, step.phrases(progress).approvalExpired(call, asked.code()))));
                }
                case CallState.Requested _, CallState.Asked _, CallState.Done _ -> {}
            }
        }
        return now;
    }

    private static TurnState stopped(Step step, TurnState state) {
        return switch (state) {
            case TurnState.Finished _ -> state;
            case TurnState.Queued _ -> stop(step, Progress.start(Source.PLANNER, step.input.language(), List.of()));
            case TurnState.Working(Progress progress) -> stop(step, progress);
            case TurnState.Thinking(Progress progress, int _) -> stop(step, progress);
            case TurnState.Parked(Progress progress) -> stop(step, progress);
        };
    }

    private static TurnState stop(Step step, Progress progress) {
        if (!progress.answered())
            step.commands.add(new TurnCommand.Answer(
                    step.replyTo(progress), step.phrases(progress).stopped(), null));
        else
            progress.calls().stream()
                    .filter(call -> call.requested() && call.replyTo() != null)
                    .forEach(call -> step.commands.add(new TurnCommand.Answer(
                            call.replyTo(), step.phrases(progress).stopped(), null)));
        return new TurnState.Finished(closeAll(step, progress, ApprovalNotice.Outcome.STOPPED, Outcome.STOPPED)
                .withAnswered());
    }

    private static Progress closeAll(Step step, Progress progress, ApprovalNotice.Outcome outcome, Outcome result) {
        Progress now = progress;
        for (Call call : progress.calls()) {
            if (call.state() instanceof CallState.Asked asked)
                step.commands.add(new TurnCommand.CloseApproval(asked.code(), outcome, null));
            if (call.result() == null) now = now.with(call.with(step.done(result, "")));
        }
        return now;
    }

    private static TurnState broken(Step step, TurnState state) {
        return switch (state) {
            case TurnState.Finished _ -> state;
            case TurnState.Queued _ ->
                fail(
                        step,
                        Progress.start(Source.PLANNER, step.input.language(), List.of()),
                        "turn.broken",
                        step.around.phrases(step.input.language()).broken());
            case TurnState.Working(Progress progress) ->
                fail(step, progress, "turn.broken", step.phrases(progress).broken());
            case TurnState.Thinking(Progress progress, int _) ->
                fail(step, progress, "turn.broken", step.phrases(progress).broken());
            case TurnState.Parked(Progress progress) ->
                fail(step, progress, "turn.broken", step.phrases(progress).broken());
        };
    }
}
