package ai.chela.agent.turn;

import ai.chela.agent.operation.Doer;
import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.CallResult.Outcome;
import ai.chela.agent.turn.TurnEvent.ModelAnswered;
import ai.chela.agent.turn.TurnEvent.ModelAnswered.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What the world does to a turn, all of it decided by the seed: what each call gives, what the model says in each round, what
 * the person decides. It never depends on when or how often something is asked.
 */
final class World {
    private static final List<String> PLANNED = List.of(
            "time.now",
            "host.disk",
            "host.memory",
            "memory.remember",
            "memory.recall",
            "schedule.list",
            "watch.create",
            "shell.run",
            "shell.run",
            "agent.greet",
            "settings.language",
            "cluster.delete");

    /** What comes of a request; {@code none}: nothing in time. */
    private enum Fate {
        OK,
        FAILED,
        UNKNOWN,
        NONE,
        LATE
    }

    /** What the person does about a question. */
    enum Will {
        APPROVE,
        DENY,
        NOTHING
    }

    private final long seed;

    World(long seed) {
        this.seed = seed;
    }

    private Random random(String... about) {
        return new Random(seed * 1_000_003L + String.join("/", about).hashCode());
    }

    boolean hasModel() {
        return random("model").nextInt(2) == 0;
    }

    /** The planner's reading of the message. */
    TurnEvent begin() {
        Random random = random("plan");
        if (hasModel() && random.nextBoolean()) return Turns.notUnderstood();
        List<Operation> plan = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) plan.add(operation(random));
        return Turns.plan(plan.toArray(Operation[]::new));
    }

    private static Operation operation(Random random) {
        String name = PLANNED.get(random.nextInt(PLANNED.size()));
        return switch (name) {
            case "shell.run" -> new Operation(name, Map.of("command", "step-" + random.nextInt(100)));
            case "settings.language" -> new Operation(name, Map.of("language", "en"));
            default -> new Operation(name, Map.of());
        };
    }

    /** After how many moments at which nothing but time goes on the person says /stop; -1: never. */
    int patience() {
        Random random = random("stop");
        return random.nextInt(3) == 0 ? random.nextInt(2) : -1;
    }

    Will will(Call asked) {
        return Will.values()[Math.max(0, random("will", asked.id()).nextInt(5) - 2)];
    }

    /** What a requested call gives; null when nothing comes in time. */
    TurnEvent.@Nullable CallCompleted result(Call call) {
        String request = call.requestId();
        if (call.operation().name().equals("watch.create")
                && call.approval() == null
                && random("private", call.id()).nextBoolean())
            return new TurnEvent.CallCompleted(request, CallResult.of(Outcome.NEEDS_APPROVAL, "private"));
        String said = call.operation().name() + " gave " + Math.abs(request.hashCode() % 1_000);
        return switch (fate(call)) {
            case OK -> new TurnEvent.CallCompleted(request, CallResult.of(Outcome.OK, said));
            case FAILED -> new TurnEvent.CallCompleted(request, CallResult.of(Outcome.FAILED, said));
            case UNKNOWN ->
                new TurnEvent.CallCompleted(
                        request,
                        CallResult.of(
                                Doer.of(call.operation().name()) == Doer.TOOL ? Outcome.UNKNOWN : Outcome.UNCERTAIN,
                                said));
            case NONE, LATE -> null;
        };
    }

    /** What comes for a call whose outcome was taken for unknown; null when nothing does. */
    TurnEvent.@Nullable CallCompleted late(Call call) {
        if (call.result() == null || call.result().outcome() != Outcome.UNKNOWN || fate(call) != Fate.LATE) return null;
        return new TurnEvent.CallCompleted(
                call.id(), CallResult.of(Outcome.OK, call.operation().name() + " did end"));
    }

    private Fate fate(Call call) {
        int number = random("fate", call.requestId()).nextInt(10);
        return number < 6 ? Fate.OK : Fate.values()[number - 5];
    }

    /** What the model says in a round; the same for every attempt. */
    TurnEvent model(int round, int attempt) {
        Random random = random("round", String.valueOf(round));
        if (random.nextInt(12) == 0) return new TurnEvent.ModelFailed(attempt, "model.timeout", "too slow");
        if (random.nextInt(12) == 0) return new ModelAnswered(attempt, "", List.of());
        if (round > 3 || random.nextInt(3) == 0) return new ModelAnswered(attempt, "said in " + round, List.of());
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Operation operation = operation(random);
            String problem = random.nextInt(10) == 0 ? "an argument is missing" : null;
            calls.add(new ToolCall("c" + i, operation.name(), operation.args(), problem));
        }
        return new ModelAnswered(attempt, random.nextBoolean() ? "looking" : "", calls);
    }
}
