package ai.chela.memory.remote;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final Breaker breaker = new Breaker(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void four_failures_in_a_row_are_nothing() {
        fail(4);
        assertTrue(breaker.mayCall());
    }

    @Test
    void five_in_a_row_are_a_reason_to_rest() {
        fail(5);
        assertFalse(breaker.mayCall());
    }

    @Test
    void after_the_rest_one_call_sees_whether_it_works() {
        fail(5);
        pass(Duration.ofSeconds(5));
        assertTrue(breaker.mayCall());
        assertFalse(breaker.mayCall());
        breaker.worked();
        assertTrue(breaker.mayCall());
        assertTrue(breaker.mayCall());
    }

    @Test
    void each_rest_is_longer_than_the_one_before_up_to_five_minutes() {
        fail(5);
        for (int i = 0; i < 10; i++) {
            pass(Breaker.LONGEST_REST);
            assertTrue(breaker.mayCall());
            breaker.failed();
        }
        pass(Breaker.LONGEST_REST.minusMillis(1));
        assertFalse(breaker.mayCall());
        pass(Duration.ofMillis(1));
        assertTrue(breaker.mayCall());
    }

    @Test
    void a_pause_that_was_asked_for_is_kept_but_not_for_hours() {
        breaker.rest(Duration.ofHours(5));
        pass(Duration.ofMinutes(4));
        assertFalse(breaker.mayCall());
        pass(Duration.ofMinutes(1));
        assertTrue(breaker.mayCall());
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertTrue(breaker.mayCall());
            breaker.failed();
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
