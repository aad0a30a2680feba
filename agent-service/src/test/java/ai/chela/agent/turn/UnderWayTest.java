package ai.chela.agent.turn;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.journal.TurnRow;
import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import org.junit.jupiter.api.Test;

class UnderWayTest {
    private static final long TAKEN = Long.MAX_VALUE - 10; // nanoseconds may overflow

    @Test
    void a_model_is_asked_while_the_lease_lasts_and_not_after_a_pause_in_which_it_has_ended() {
        long until = TAKEN + HeldCalls.LEASE.toNanos();
        Turns turn = Turns.withModel("muse");
        Origin origin = Origin.first("local", Principal.service("agent"), null);
        ModelCalls.UnderWay call = new ModelCalls.UnderWay(
                new TurnRow(turn.input, 1, turn.state, origin, 1, null), 1, 1, "step", "small", origin, until);
        assertTrue(call.mayBegin(until - 1));
        assertFalse(call.mayBegin(until));
        assertFalse(call.mayBegin(until + HeldCalls.LEASE.toNanos()));
    }
}
