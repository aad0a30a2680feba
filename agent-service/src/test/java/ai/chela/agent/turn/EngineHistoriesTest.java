package ai.chela.agent.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.planner.Operation;
import ai.chela.kit.wire.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated histories: whatever comes twice, late or after a crash, what people see is the same. */
class EngineHistoriesTest {
    private static final List<String> OPERATIONS = List.of(
            "time.now", "host.disk", "memory.remember", "memory.recall", "schedule.list", "shell.run", "agent.greet");

    @Test
    void duplicates_delays_and_crashes_do_not_change_what_people_see() {
        for (long seed = 0; seed < 3_000; seed++) {
            Operation[] plan = plan(new Random(seed));
            List<TurnCommand.Answer> calm = run(plan, new Random(seed), false).answers();
            Turns disturbed = run(plan, new Random(seed), true);
            assertEquals(calm, disturbed.answers(), "seed " + seed);
            assertTrue(disturbed.finished(), "seed " + seed + " did not finish: " + disturbed.state);
        }
    }

    @Test
    void a_message_has_exactly_one_first_answer() {
        for (long seed = 0; seed < 3_000; seed++) {
            Turns turn = run(plan(new Random(seed)), new Random(seed), true);
            long first = turn.answers().stream()
                    .filter(answer -> "m-1".equals(answer.inReplyTo()))
                    .count();
            assertEquals(1, first, "seed " + seed);
        }
    }

    @Test
    void no_call_is_requested_twice() {
        for (long seed = 0; seed < 3_000; seed++) {
            Turns turn = run(plan(new Random(seed)), new Random(seed), true);
            List<String> ids = turn.requests().stream().map(r -> r.call().id()).toList();
            assertEquals(ids.stream().distinct().toList(), ids, "seed " + seed);
        }
    }

    private static Operation[] plan(Random random) {
        Operation[] plan = new Operation[1 + random.nextInt(4)];
        for (int i = 0; i < plan.length; i++)
            plan[i] = Turns.operation(OPERATIONS.get(random.nextInt(OPERATIONS.size())));
        return plan;
    }

    /** Delivers every result and decision; a disturbed run repeats them, shuffles them, and forgets what it had in memory. */
    private static Turns run(Operation[] plan, Random random, boolean disturbed) {
        Turns turn = Turns.of("generated").on(Turns.plan(plan));
        List<TurnEvent> seen = new ArrayList<>();
        for (int guard = 0; guard < 100 && !turn.finished(); guard++) {
            TurnEvent event = pending(turn);
            if (disturbed) {
                if (!seen.isEmpty() && random.nextBoolean()) turn.on(seen.get(random.nextInt(seen.size())));
                if (random.nextBoolean()) turn.state = stored(turn.state);
                if (random.nextInt(4) == 0) turn.on(new TurnEvent.Woken());
            }
            turn.on(event);
            seen.add(event);
            if (disturbed && random.nextBoolean()) turn.on(event);
        }
        return turn;
    }

    private static TurnEvent pending(Turns turn) {
        Progress progress = switch (turn.state) {
            case TurnState.Working(Progress p) -> p;
            case TurnState.Parked(Progress p) -> p;
            case TurnState.Queued _, TurnState.Thinking _, TurnState.Finished _ ->
                throw new AssertionError("nothing to deliver in " + turn.state);
        };
        for (Call call : progress.calls()) {
            if (call.requested())
                return new TurnEvent.CallCompleted(
                        call.id(),
                        CallResult.of(
                                CallResult.Outcome.OK, "did " + call.operation().name()));
        }
        for (Call call : progress.calls())
            if (call.state() instanceof CallState.Asked asked)
                return new TurnEvent.Decided(asked.code(), true, "li", "approve-" + call.id());
        throw new AssertionError("waits for nothing: " + progress);
    }

    /** What is left of a state after a crash: what was written. */
    private static TurnState stored(TurnState state) {
        return WireJson.read(WireJson.bytes(state), TurnState.class);
    }
}
