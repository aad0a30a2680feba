package ai.chela.agent.turn;

import ai.chela.agent.turn.CallResult.Outcome;
import ai.chela.agent.turn.Progress.Source;
import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.contracts.turn.MessageReceived.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How turns come to their answers. Each message gets exactly one. */
final class Conclusion {
    private Conclusion() {}

    /** Everything that can be known without a person is known: answer. */
    static TurnState of(Step step, Progress progress) {
        return switch (progress.source()) {
            case PLANNER -> ofPlan(step, progress);
            case MODEL ->
                progress.waitsForPeople() ? park(step, progress, lastText(progress)) : ModelRules.next(step, progress);
        };
    }

    private static TurnState ofPlan(Step step, Progress progress) {
        if (recalledInVain(progress) && step.around.model() != null && step.input.mode() == Mode.ASSISTANT)
            return ModelRules.next(step, progress.bySource(Source.MODEL));
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
        List<String> codes = progress.codes();
        for (Call call : progress.calls())
            if (call.state() instanceof CallState.Asked asked)
                parts.add(step.phrases(progress).approvalQuestion(call, asked, codes.size() == 1, step.input.zone()));
        List<TurnEvent.Decided> early = progress.early();
        Progress undecided = progress.withoutEarly();
        step.commands.add(
                new TurnCommand.Answer(step.replyTo(undecided), String.join("\n\n", parts), codes.getFirst()));
        Progress parked = answered(step, undecided);
        return ApprovalRules.decideEarly(step, parked, early);
    }

    static TurnState finish(Step step, Progress progress, String text) {
        step.answer(step.replyTo(progress), text);
        return new TurnState.Finished(answered(step, progress));
    }

    static TurnState fail(Step step, Progress progress, String code, String text) {
        List<String> messages = step.unanswered(progress);
        if (messages.isEmpty()) step.commands.add(new TurnCommand.Fail(null, code, text));
        for (String message : messages) step.commands.add(new TurnCommand.Fail(message, code, text));
        return ended(step, progress);
    }

    /** A person has stopped it: whoever waits for an answer is told. */
    static TurnState stop(Step step, Progress progress) {
        String text = step.phrases(progress).stopped();
        List<String> messages = step.unanswered(progress);
        if (messages.isEmpty() && !progress.answered()) step.answer(null, text);
        for (String message : messages) step.answer(message, text);
        return ended(step, progress);
    }

    private static TurnState ended(Step step, Progress progress) {
        Progress now = progress;
        for (Call call : progress.calls()) {
            if (call.state() instanceof CallState.Asked asked)
                step.commands.add(new TurnCommand.CloseApproval(asked.code(), ApprovalNotice.Outcome.STOPPED, null));
            if (call.result() == null) now = now.with(call.with(step.done(Outcome.STOPPED, "")));
        }
        return new TurnState.Finished(answered(step, now.withoutEarly()));
    }

    /** The answer is given; what came late follows it. */
    private static Progress answered(Step step, Progress progress) {
        return CallRules.tellLate(step, progress.withAnswered(), progress.late());
    }

    /** A call that a person has released is through: tell its result, or let the model see it. */
    static TurnState released(Step step, Progress progress, Call call, @Nullable CallResult result) {
        if (result == null) return new TurnState.Parked(progress);
        if (progress.source() == Source.MODEL) return settled(step, progress);
        step.answer(call.replyTo(), result.text());
        return settled(step, progress.with(call.told()));
    }

    /** After something that was asked is settled: waits for the rest, goes on, or is through. */
    static TurnState settled(Step step, Progress progress) {
        if (progress.waitsForCalls() || progress.waitsForPeople()) return new TurnState.Parked(progress);
        return ModelRules.hasUnseen(progress) ? ModelRules.next(step, progress) : new TurnState.Finished(progress);
    }
}
