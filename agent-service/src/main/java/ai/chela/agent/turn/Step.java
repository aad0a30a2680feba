package ai.chela.agent.turn;

import ai.chela.agent.operation.Doer;
import ai.chela.agent.reply.Phrases;
import ai.chela.agent.turn.CallResult.Outcome;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The commands that one step of the engine collects, and how it makes them. */
final class Step {
    /** Stands in for a state until the call gets its first one. */
    static final CallState NOT_BEGUN = new CallState.Done(CallResult.of(Outcome.STOPPED, ""));

    /** An approval that nobody has decided by then expires visibly. */
    static final Duration APPROVAL_TIME = Duration.ofMinutes(15);

    /** A recall takes milliseconds; a lost question or answer is asked again after this. */
    static final Duration RECALL_TIME = Duration.ofSeconds(3);

    static final int RECALL_ATTEMPTS = 3;

    /** A change of memory or schedule is stored and not lost; this is how long its answer is waited for. */
    static final Duration CHANGE_TIME = Duration.ofSeconds(60);

    /** A tool must be through this long after its request; tool-runner stops it then. */
    static final Duration TOOL_TIME = Duration.ofSeconds(120);

    /** How long its result may take from there to here before it is taken for lost. */
    static final Duration TOOL_GRACE = Duration.ofSeconds(10);

    /** How often a tool that is declared safe to repeat is requested in all. */
    static final int TOOL_ATTEMPTS = 2;

    /** No 0, 1, i, l, o, u: a code is read aloud and typed by people. */
    private static final String CODE_LETTERS = "23456789abcdefghjkmnpqrstvwxyz";

    final TurnInput input;
    final Surroundings around;
    final List<TurnCommand> commands = new ArrayList<>();

    Step(TurnInput input, Surroundings around) {
        this.input = input;
        this.around = around;
    }

    Phrases phrases(Progress progress) {
        return around.phrases(progress.language());
    }

    String callId(int index) {
        return Ids.derive(input.id(), "call", index);
    }

    CallState done(Outcome outcome, String text) {
        return new CallState.Done(CallResult.of(outcome, text));
    }

    /** The messages that have no answer yet: the turn's own, and those that released a call. */
    List<String> unanswered(Progress progress) {
        List<String> messages = new ArrayList<>();
        if (!progress.answered() && input.messageId() != null) messages.add(input.messageId());
        for (Call call : progress.calls()) if (call.replyTo() != null) messages.add(call.replyTo());
        for (TurnEvent.Decided early : progress.early()) if (early.replyTo() != null) messages.add(early.replyTo());
        return messages;
    }

    /** The message that the next answer is for: its own at first, later the one that released what is now told, or none. */
    @Nullable
    String replyTo(Progress progress) {
        if (!progress.answered()) return input.messageId();
        List<String> messages = unanswered(progress);
        return messages.isEmpty() ? null : messages.getLast();
    }

    void answer(@Nullable String inReplyTo, String text) {
        commands.add(new TurnCommand.Answer(inReplyTo, text, null));
    }

    /** Nobody is shown the steps of a message that a program sent, such as a request for a title. */
    void show(@Nullable String inReplyTo, String text) {
        if (input.mode() != Mode.PLAIN) commands.add(new TurnCommand.ShowStep(inReplyTo, text));
    }

    Call request(Call call, int attempt) {
        Instant until = around.now().plus(time(call));
        Instant lost = Doer.of(call.operation().name()) == Doer.TOOL ? until.plus(TOOL_GRACE) : until;
        Call requested = call.with(new CallState.Requested(lost, attempt));
        commands.add(new TurnCommand.Request(requested, until));
        return requested;
    }

    private static Duration time(Call call) {
        return switch (Doer.of(call.operation().name())) {
            case RECALL -> RECALL_TIME;
            case MEMORY, SCHEDULER -> CHANGE_TIME;
            case TOOL, AGENT, PREFERENCE -> TOOL_TIME;
        };
    }

    Call ask(Call call) {
        CallState.Asked asked = new CallState.Asked(
                code(call.id()), hash(call), call.rule(), around.now().plus(APPROVAL_TIME));
        Call waiting = call.with(asked);
        commands.add(new TurnCommand.AskApproval(waiting, asked));
        return waiting;
    }

    /** Binds the approval to exactly this: turn, call, operation and arguments. */
    private String hash(Call call) {
        String args = WireJson.text(new TreeMap<>(call.operation().args()));
        return Ids.derive(input.id(), call.id(), call.operation().name(), args);
    }

    private static String code(String callId) {
        long number = Long.parseUnsignedLong(Ids.derive(callId, "approval").substring(0, 15), 16);
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            code.append(CODE_LETTERS.charAt((int) (number % CODE_LETTERS.length())));
            number /= CODE_LETTERS.length();
        }
        return code.toString();
    }
}
