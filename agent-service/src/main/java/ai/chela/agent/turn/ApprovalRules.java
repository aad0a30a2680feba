package ai.chela.agent.turn;

import ai.chela.agent.operation.Doer;
import ai.chela.agent.turn.CallResult.Outcome;
import ai.chela.agent.turn.Progress.Source;
import ai.chela.contracts.approval.ApprovalNotice;
import java.util.List;

/** What a person's decision means, and what it means that none came. */
final class ApprovalRules {
    private ApprovalRules() {}

    static TurnState decided(Step step, TurnState state, TurnEvent.Decided decided) {
        return switch (state) {
            case TurnState.Working(Progress progress)
            when progress.askedBy(decided.code()) != null && !isDecided(progress, decided.code()) ->
                new TurnState.Working(progress.plus(decided));
            case TurnState.Parked(Progress progress)
            when progress.askedBy(decided.code()) instanceof Call call
                    && call.state() instanceof CallState.Asked asked -> carryOut(step, progress, call, asked, decided);
            case TurnState.Queued _,
                    TurnState.Working _,
                    TurnState.Thinking _,
                    TurnState.Parked _,
                    TurnState.Finished _ -> state;
        };
    }

    private static boolean isDecided(Progress progress, String code) {
        return progress.early().stream().anyMatch(early -> early.code().equals(code));
    }

    /** Carries out what was decided before the question was the answer. */
    static TurnState decideEarly(Step step, Progress parked, List<TurnEvent.Decided> early) {
        TurnState state = new TurnState.Parked(parked);
        for (TurnEvent.Decided decided : early) state = decided(step, state, decided);
        return state;
    }

    private static TurnState carryOut(
            Step step, Progress progress, Call call, CallState.Asked asked, TurnEvent.Decided decided) {
        if (isOver(step, asked)) return lapse(step, progress, call, asked, decided);
        return decided.approved() ? approve(step, progress, call, decided) : deny(step, progress, call, decided);
    }

    private static boolean isOver(Step step, CallState.Asked asked) {
        return !asked.expiresAt().isAfter(step.around.now());
    }

    private static TurnState approve(Step step, Progress progress, Call call, TurnEvent.Decided decided) {
        close(step, decided.code(), ApprovalNotice.Outcome.APPROVED, decided.by());
        Call requested = step.request(call.approved(decided.code(), decided.replyTo()), 1);
        Progress now = progress.with(requested);
        // A model goes on when everything is decided: until then this message would have no answer.
        if (now.source() == Source.MODEL && now.waitsForPeople()) {
            now = now.with(requested.told());
            if (decided.replyTo() != null)
                step.answer(decided.replyTo(), step.phrases(now).approvedOthersOpen(call.operation(), now.codes()));
        }
        if (Doer.of(call.operation().name()) == Doer.TOOL)
            step.show(decided.replyTo(), step.phrases(now).stepRunning(List.of(call.operation())));
        return new TurnState.Parked(now);
    }

    private static TurnState deny(Step step, Progress progress, Call call, TurnEvent.Decided decided) {
        close(step, decided.code(), ApprovalNotice.Outcome.DENIED, decided.by());
        String text = step.phrases(progress).approvalDenied(call);
        step.answer(decided.replyTo(), text);
        return Conclusion.settled(
                step, progress.with(call.approved(decided.code(), null).with(step.done(Outcome.DENIED, text))));
    }

    private static TurnState lapse(
            Step step, Progress progress, Call call, CallState.Asked asked, TurnEvent.Decided decided) {
        Call expired = expired(step, progress, call, asked);
        step.answer(decided.replyTo(), step.phrases(progress).approvalExpired(call, asked.code()));
        return Conclusion.settled(step, progress.with(expired));
    }

    /** An approval that nobody has decided in time; one that was decided early is not over. */
    static boolean isOverdue(Step step, Progress progress, CallState.Asked asked) {
        return isOver(step, asked) && !isDecided(progress, asked.code());
    }

    static Call expired(Step step, Progress progress, Call call, CallState.Asked asked) {
        close(step, asked.code(), ApprovalNotice.Outcome.EXPIRED, null);
        return call.with(step.done(Outcome.EXPIRED, step.phrases(progress).approvalExpired(call, asked.code())));
    }

    private static void close(
            Step step, String code, ApprovalNotice.Outcome outcome, @org.jspecify.annotations.Nullable String by) {
        step.commands.add(new TurnCommand.CloseApproval(code, outcome, by));
    }
}
