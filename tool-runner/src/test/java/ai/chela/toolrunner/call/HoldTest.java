package ai.chela.toolrunner.call;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Principal;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldTest {
    private final HeldCalls held = new HeldCalls();

    @Test
    void a_call_begins_once() {
        Hold hold = hold(Duration.ofSeconds(5));
        assertTrue(hold.begin());
        assertFalse(hold.begin());
    }

    @Test
    void a_call_whose_lease_may_have_ended_does_not_begin() {
        assertFalse(hold(Duration.ZERO).begin());
    }

    @Test
    void a_renewed_call_begins_after_its_first_lease() {
        Hold hold = hold(Duration.ZERO);
        held.renewed(held.keys(), held.keys(), System.nanoTime() + 5_000_000_000L);
        assertTrue(hold.begin());
    }

    @Test
    void a_call_that_was_not_renewed_is_lost_and_its_thread_interrupted() {
        Hold hold = hold(Duration.ofSeconds(5));
        assertTrue(hold.begin());
        held.renewed(held.keys(), Set.of(), 0);
        assertTrue(hold.isLost());
        assertTrue(Thread.interrupted());
    }

    @Test
    void an_interrupt_for_one_call_does_not_reach_the_next() {
        Hold hold = hold(Duration.ofSeconds(5));
        assertTrue(hold.begin());
        held.interruptAll();
        hold.end();
        assertFalse(Thread.interrupted());
    }

    @Test
    void a_call_that_is_over_is_not_lost_before_it_tried_to_commit() {
        Hold hold = hold(Duration.ofSeconds(5));
        assertTrue(hold.begin());
        hold.end();
        held.renewed(held.keys(), Set.of(), 0);
        assertFalse(hold.isLost());
    }

    @Test
    void an_instance_that_stops_gives_back_what_has_not_begun_and_takes_nothing_more() throws InterruptedException {
        Hold waiting = hold(Duration.ofSeconds(5));
        assertTrue(List.of(waiting.call()).equals(held.close()));
        assertFalse(waiting.begin());
        assertTrue(held.awaitNone(Duration.ZERO));
        assertTrue(held.add(call(), Lane.LONG, System.nanoTime()).isEmpty());
    }

    private Hold hold(Duration lease) {
        Optional<Hold> hold = held.add(call(), Lane.LONG, System.nanoTime() + lease.toNanos());
        return hold.orElseThrow();
    }

    private static Call call() {
        return new Call(
                new ToolRequested("c", "t", Map.of(), "en", "UTC", Instant.MAX, null),
                Origin.first("acme", Principal.person("li"), null),
                1,
                false);
    }
}
