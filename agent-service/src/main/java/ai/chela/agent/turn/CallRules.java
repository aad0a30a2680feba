package ai.chela.agent.turn;

import ai.chela.agent.operation.Doer;
import ai.chela.agent.planner.Operation;
import ai.chela.agent.policy.Decision;
import ai.chela.agent.turn.CallResult.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a call begins, by policy, and what its result or its silence means for it. */
final class CallRules {
    private CallRules() {}

    /** Begins one call: decided by policy, then handed on, asked about, or done at once. */
    static Progress begin(
            Step step, Progress progress, Operation operation, @Nullable String modelCallId, List<OpenApproval> open) {
        Call call = new Call(
                step.callId(progress.calls().size()),
                operation,
                Step.NOT_BEGUN,
                modelCallId,
                null,
                null,
                "has no effect");
        if (Doer.of(operation.name()) == Doer.AGENT) return allowed(step, progress, call, open);
        return switch (step.around
                .policy()
                .decide(operation, step.input.speaker().id())) {
            case Decision.Allow(String rule) -> allowed(step, progress, call.by(rule), open);
            case Decision.Ask(String rule) -> progress.plus(step.ask(call.by(rule)));
            case Decision.Deny(String rule) -> progress.plus(denied(step, progress, call.by(rule), rule));
        };
    }

    private static Call denied(Step step, Progress progress, Call call, String rule) {
        String text = step.phrases(progress).denied(call.operation(), rule);
        return call.with(step.done(Outcome.DENIED_BY_POLICY, text));
    }

    private static Progress allowed(Step step, Progress progress, Call call, List<OpenApproval> open) {
        return switch (Doer.of(call.operation().name())) {
            case AGENT ->
                progress.plus(call.with(step.done(Outcome.OK, local(step, progress, call.operation(), open))));
            case PREFERENCE -> {
                Call done =
                        call.with(step.done(Outcome.OK, step.phrases(progress).preferred(call.operation())));
                step.commands.add(new TurnCommand.Prefer(done));
                yield progress.plus(done);
            }
            case RECALL, MEMORY, SCHEDULER, TOOL -> progress.plus(step.request(call, 1));
        };
    }

    private static String local(Step step, Progress progress, Operation operation, List<OpenApproval> open) {
        return operation.name().equals("approval.explain")
                ? step.phrases(progress).approvalsOpen(open, step.input.conversation())
                : step.phrases(progress).local(operation.name());
    }

    /** A requested call's result has come. */
    static Call received(Step step, Progress progress, Call call, CallResult result) {
        return switch (result.outcome()) {
            case NEEDS_APPROVAL -> needsApproval(step, progress, call);
            case UNKNOWN -> unknown(step, progress, call, result.text());
            case OK, UNCERTAIN, FAILED, REFUSED, DENIED_BY_POLICY, DENIED, EXPIRED, STOPPED ->
                call.with(new CallState.Done(result));
        };
    }

    private static Call needsApproval(Step step, Progress progress, Call call) {
        return switch (step.around
                .policy()
                .decidePrivateAddress(call.operation(), step.input.speaker().id())) {
            case Decision.Allow(String _) -> step.request(call.approved("policy", null), 1);
            case Decision.Ask(String rule) -> step.ask(call.by(rule));
            case Decision.Deny(String rule) -> denied(step, progress, call, rule);
        };
    }

    /** Whether a result still belongs to the request that is under way: an old one may say that it cannot know. */
    static boolean isCurrent(Call call, String requestId, CallResult result) {
        return switch (result.outcome()) {
            case UNKNOWN -> call.requestId().equals(requestId);
            case NEEDS_APPROVAL -> call.approval() == null;
            case OK, UNCERTAIN, FAILED, REFUSED, DENIED_BY_POLICY, DENIED, EXPIRED, STOPPED -> true;
        };
    }

    /** It may or may not have had its effect: only what is declared safe to repeat is requested again. */
    private static Call unknown(Step step, Progress progress, Call call, String said) {
        String name = call.operation().name();
        if (Doer.of(name) != Doer.TOOL) return call.with(step.done(Outcome.UNKNOWN, said));
        if (call.state() instanceof CallState.Requested(var _, int attempt)
                && attempt < Step.TOOL_ATTEMPTS
                && step.around.repeatable().contains(name)) {
            step.show(step.replyTo(progress), step.phrases(progress).stepAgain(call.operation()));
            return step.request(call, attempt + 1);
        }
        return call.with(step.done(Outcome.UNKNOWN, step.phrases(progress).outcomeUnknown(call.operation(), said)));
    }

    /** Its answer has not come in time: asked again, or given up. */
    static Call silent(Step step, Progress progress, Call call, CallState.Requested requested) {
        return switch (Doer.of(call.operation().name())) {
            case RECALL ->
                requested.attempt() < Step.RECALL_ATTEMPTS
                        ? step.request(call, requested.attempt() + 1)
                        : call.with(step.done(
                                Outcome.FAILED, step.phrases(progress).serviceSilent("memory-service", false)));
            case MEMORY -> unknown(step, progress, call, step.phrases(progress).serviceSilent("memory-service", true));
            case SCHEDULER ->
                unknown(step, progress, call, step.phrases(progress).serviceSilent("scheduler-service", true));
            case TOOL, AGENT, PREFERENCE ->
                unknown(step, progress, call, step.phrases(progress).toolSilent(call.operation()));
        };
    }

    /**
     * A real result after the outcome was taken for unknown: it follows what was told, once. Before the first answer it
     * is kept until that is given, so that no turn is answered out of order.
     */
    static Progress late(Step step, Progress progress, Call call, CallResult result) {
        Progress.Late late = new Progress.Late(call.id(), result);
        if (progress.answered()) return tell(step, progress, late);
        boolean known =
                progress.late().stream().anyMatch(other -> other.callId().equals(call.id()));
        return known ? progress : progress.plus(late);
    }

    /** Tells what was kept. */
    static Progress tellLate(Step step, Progress progress, List<Progress.Late> kept) {
        Progress now = progress;
        for (Progress.Late late : kept) now = tell(step, now, late);
        return now;
    }

    private static Progress tell(Step step, Progress progress, Progress.Late late) {
        Call call = progress.call(late.callId());
        if (call == null) return progress;
        step.answer(
                null,
                step.phrases(progress)
                        .lateResult(call.operation(), late.result().text()));
        return progress.with(call.with(new CallState.Done(late.result())));
    }
}
