package ai.chela.agent.turn;

import ai.chela.kit.wire.WireJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One turn from its beginning until nothing more can happen to it. In a calm history everything comes once, in order, as
 * soon as it can. In a disturbed one results and decisions overtake each other, come again at any time, the process dies
 * between an event and its commit, and holders of model calls die.
 */
final class History {
    private static final int LONGEST = 400;
    private static final int MOST_DEATHS = 2;

    private final World world;
    private final @Nullable Random trouble;
    final Turns turn;
    final Set<String> decided = new LinkedHashSet<>();
    /** Whether something was decided before its question was the answer. */
    boolean early;

    private final List<TurnEvent> seen = new ArrayList<>();
    private int quiet;
    private int deaths;

    private History(World world, @Nullable Random trouble) {
        this.world = world;
        this.trouble = trouble;
        this.turn = world.hasModel() ? Turns.withModel("generated") : Turns.of("generated");
    }

    static History calm(long seed) {
        return new History(new World(seed), null).run();
    }

    static History disturbed(long seed) {
        return new History(new World(seed), new Random(~seed)).run();
    }

    private History run() {
        happen(world.begin());
        for (int i = 0; i < LONGEST; i++) {
            List<TurnEvent> possible = possible();
            if (!possible.isEmpty()) {
                TurnEvent next = possible.get(trouble == null ? 0 : trouble.nextInt(possible.size()));
                if (!holderDies(next)) happen(next);
            } else if (turn.finished()) {
                repeat();
                return this;
            } else if (quiet++ == world.patience()) happen(new TurnEvent.Stopped());
            else {
                turn.now =
                        turn.state.wakeAt().orElseThrow(() -> new AssertionError("waits for nothing: " + turn.state));
                happen(new TurnEvent.Woken());
            }
        }
        throw new AssertionError("does not end: " + turn.state);
    }

    /** What can come next, in the order in which it comes in a calm history. */
    private List<TurnEvent> possible() {
        List<TurnEvent> possible = new ArrayList<>();
        Progress progress = progress();
        if (progress == null) return possible;
        for (Call call : progress.calls()) {
            TurnEvent result = call.requested() ? world.result(call) : world.late(call);
            boolean kept =
                    progress.late().stream().anyMatch(late -> late.callId().equals(call.id()));
            if (result != null && !kept) possible.add(result);
        }
        if (turn.state instanceof TurnState.Thinking(Progress _, int attempt))
            possible.add(world.model(progress.rounds().size() + 1, attempt));
        TurnEvent decision = decision(progress);
        if (decision != null) possible.add(decision);
        return possible;
    }

    /** A person decides in the order of the question, each once. */
    private @Nullable TurnEvent decision(Progress progress) {
        for (Call call : progress.calls()) {
            if (call.requested() && call.approval() == null) return null;
            if (!(call.state() instanceof CallState.Asked asked) || decided.contains(asked.code())) continue;
            World.Will will = world.will(call);
            if (will != World.Will.NOTHING)
                return new TurnEvent.Decided(asked.code(), will == World.Will.APPROVE, "li", "m-" + asked.code());
        }
        return null;
    }

    private boolean holderDies(TurnEvent next) {
        boolean asked = next instanceof TurnEvent.ModelAnswered || next instanceof TurnEvent.ModelFailed;
        if (trouble == null || !asked || deaths >= MOST_DEATHS || trouble.nextInt(3) != 0) return false;
        deaths++;
        seen.add(next);
        turn.lostByItsHolder();
        return true;
    }

    private void happen(TurnEvent event) {
        if (trouble != null) disturb(event);
        if (event instanceof TurnEvent.Decided decision) {
            decided.add(decision.code());
            early |= turn.state instanceof TurnState.Working;
        }
        if (event instanceof TurnEvent.ModelAnswered || event instanceof TurnEvent.ModelFailed) deaths = 0;
        turn.on(event);
        // a time that comes and a person who stops are never the same event again
        if (!(event instanceof TurnEvent.Woken) && !(event instanceof TurnEvent.Stopped)) seen.add(event);
    }

    /** What came before comes again; the process dies before the commit and begins anew from what was written. */
    private void disturb(TurnEvent event) {
        Random random = Objects.requireNonNull(trouble);
        for (int i = random.nextInt(3); i > 0 && !seen.isEmpty(); i--) again(seen.get(random.nextInt(seen.size())));
        if (random.nextInt(3) == 0) turn.on(new TurnEvent.Woken());
        if (random.nextBoolean()) {
            Engine.Next lost = turn.next(event);
            turn.state = WireJson.read(WireJson.bytes(turn.state), TurnState.class);
            Engine.Next made = turn.next(event);
            if (!lost.equals(made)) throw new AssertionError("another step after a crash: " + lost + " / " + made);
        }
    }

    private void repeat() {
        if (trouble != null) for (TurnEvent event : List.copyOf(seen)) again(event);
    }

    private void again(TurnEvent event) {
        TurnState before = turn.state;
        int said = turn.commands.size();
        turn.on(event);
        if (!before.equals(turn.state) || said != turn.commands.size())
            throw new AssertionError("came again and changed something: " + event + "\n" + before);
    }

    private @Nullable Progress progress() {
        return switch (turn.state) {
            case TurnState.Queued _ -> null;
            case TurnState.Working(Progress progress) -> progress;
            case TurnState.Thinking(Progress progress, int _) -> progress;
            case TurnState.Parked(Progress progress) -> progress;
            case TurnState.Finished(Progress progress) -> progress;
        };
    }

    /** What was said, per message in order; what came by itself under {@code -}, where no order is promised. */
    Map<String, List<String>> said() {
        Map<String, List<String>> said = new TreeMap<>();
        for (TurnCommand command : turn.commands) {
            switch (command) {
                case TurnCommand.Answer(var to, String text, var awaiting) -> add(said, to, text + " " + awaiting);
                case TurnCommand.Fail(var to, String code, String text) -> add(said, to, code + " " + text);
                case TurnCommand.Request _,
                        TurnCommand.Prefer _,
                        TurnCommand.AskApproval _,
                        TurnCommand.CloseApproval _,
                        TurnCommand.AskModel _,
                        TurnCommand.ShowStep _ -> {}
            }
        }
        if (said.get("-") != null) said.get("-").sort(null);
        return said;
    }

    private static void add(Map<String, List<String>> said, @Nullable String to, String text) {
        said.computeIfAbsent(to == null ? "-" : to, _ -> new ArrayList<>()).add(text);
    }

    /** What was handed to other services, in no order. */
    List<String> requested() {
        return turn.requests().stream()
                .map(request -> request.call().requestId() + " "
                        + request.call().operation() + " " + request.call().approval())
                .sorted()
                .toList();
    }
}
