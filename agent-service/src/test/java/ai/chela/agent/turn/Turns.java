package ai.chela.agent.turn;

import ai.chela.agent.planner.Derivation;
import ai.chela.agent.planner.Operation;
import ai.chela.agent.planner.Planned;
import ai.chela.agent.policy.Policy;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A turn under test: applies events one after another and keeps what the engine wanted done. */
final class Turns {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final TurnInput input;
    final @Nullable String model;
    final List<TurnCommand> commands = new ArrayList<>();
    TurnState state = new TurnState.Queued();
    Instant now = NOON;
    Policy policy = Policy.DEFAULT;
    Set<String> repeatable = Set.of("time.now", "host.disk", "host.memory");

    private Turns(TurnInput input, @Nullable String model) {
        this.input = input;
        this.model = model;
    }

    static Turns of(String text) {
        return new Turns(input(text, Mode.ASSISTANT), null);
    }

    static Turns withModel(String text) {
        return new Turns(input(text, Mode.ASSISTANT), "small");
    }

    static Turns plain(String text) {
        return new Turns(input(text, Mode.PLAIN), "small");
    }

    private static TurnInput input(String text, Mode mode) {
        return new TurnInput(
                "turn-1",
                "li/main",
                "m-1",
                null,
                "http",
                text,
                new Speaker("li", "Li", "Etc/UTC", "en"),
                "en",
                ZoneOffset.UTC,
                false,
                mode,
                List.of(),
                null);
    }

    Turns on(TurnEvent event) {
        Engine.Next next = Engine.apply(input, state, event, around());
        state = next.state();
        commands.addAll(next.commands());
        return this;
    }

    Turns lostByItsHolder() {
        if (!(state instanceof TurnState.Thinking thinking)) throw new AssertionError("not thinking: " + state);
        Engine.Next next = Engine.takeOver(input, thinking, around());
        state = next.state();
        commands.addAll(next.commands());
        return this;
    }

    /** What an event would lead to, without going there. */
    Engine.Next next(TurnEvent event) {
        return Engine.apply(input, state, event, around());
    }

    /** Nothing comes until what is waited for longest ago is given up. */
    Turns silence() {
        now = state.wakeAt().orElseThrow();
        return on(new TurnEvent.Woken());
    }

    /** The number of the model call that is under way. */
    int attempt() {
        return all(TurnCommand.AskModel.class).getLast().attempt();
    }

    List<String> steps() {
        return all(TurnCommand.ShowStep.class).stream()
                .map(TurnCommand.ShowStep::text)
                .toList();
    }

    List<String> codes() {
        return all(TurnCommand.AskApproval.class).stream()
                .map(asked -> asked.asked().code())
                .toList();
    }

    private Surroundings around() {
        return new Surroundings(now, policy, model, null, repeatable);
    }

    static TurnEvent plan(Operation... operations) {
        return new TurnEvent.Begun(new Planned.Plan(List.of(operations), new Derivation(List.of(), List.of()), "en"));
    }

    static TurnEvent notUnderstood() {
        return new TurnEvent.Begun(new Planned.NotUnderstood("that", List.of("hello"), "en"));
    }

    static Operation operation(String name) {
        return new Operation(name, name.equals("shell.run") ? Map.of("command", "ls") : Map.of());
    }

    /** Completes a call that was requested, with its own name as the result's text. */
    TurnEvent done(int call) {
        Call requested = requests().get(call).call();
        return new TurnEvent.CallCompleted(
                requested.id(),
                CallResult.of(
                        CallResult.Outcome.OK, "did " + requested.operation().name()));
    }

    TurnEvent done(int call, CallResult.Outcome outcome) {
        return new TurnEvent.CallCompleted(requests().get(call).call().id(), CallResult.of(outcome, outcome.name()));
    }

    List<TurnCommand.Request> requests() {
        return all(TurnCommand.Request.class);
    }

    List<TurnCommand.Answer> answers() {
        return all(TurnCommand.Answer.class);
    }

    String code() {
        return all(TurnCommand.AskApproval.class).getLast().asked().code();
    }

    <C extends TurnCommand> List<C> all(Class<C> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    boolean finished() {
        return state instanceof TurnState.Finished;
    }
}
