package ai.chela.agent.turn;

import ai.chela.agent.operation.Doer;
import ai.chela.agent.reply.Phrases;
import ai.chela.agent.turn.CallResult.Outcome;
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

    private static final int RECALL_ATTEMPTS = 3;

    /** A change of memory or schedule is stored and not lost; this is how long its answer is waited for. */
    static final Duration CHANGE_TIME = Duration.ofSeconds(60);

    /** A tool gets this long from request to result, its own deadline included. */
    static final Duration TOOL_TIME = Duration.ofSeconds(120);

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

    /**
     * The message that the first answer is for; null afterwards, except when an {@code /approve} released what is now
     * told: then that one.
     */
    @Nullable
    String replyTo(Progress progress) {
        if (!progress.answered()) return input.messageId();
        return progress.calls().reversed().stream()
                .map(Call::replyTo)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    Call request(Call call, int attempt) {
        Instant deadline = around.now().plus(time(call));
        Call requested = call.with(new CallState.Requested(deadline, attempt));
        commands.add(new TurnCommand.Request(requested, deadline));
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

    Call overdue(Progress progress, Call call, CallState.Requested requested) {
        String name = call.operation().name();
        return switch (Doer.of(name)) {
            case RECALL ->
                requested.attempt() < RECALL_ATTEMPTS
                        ? request(call, requested.attempt() + 1)
                        : call.with(done(Outcome.FAILED, phrases(progress).serviceSilent("memory-service", false)));
            case MEMORY -> call.with(done(Outcome.UNKNOWN, phrases(progress).serviceSilent("memory-service", true)));
            case SCHEDULER ->
                call.with(done(Outcome.UNKNOWN, phrases(progress).serviceSilent("scheduler-service", true)));
            case TOOL, AGENT, PREFERENCE ->
                call.with(done(Outcome.UNKNOWN, phrases(progress).toolSilent(call.operation())));
        };
    }
}
