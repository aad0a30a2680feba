package ai.chela.scheduler.due;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.contracts.schedule.Timing;
import ai.chela.scheduler.due.Firing.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FiringTest {
    private static final Instant MADE = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant DUE = MADE.plusSeconds(600);
    private static final Schedule SCHEDULE =
            new Schedule(new Timing.Every(Duration.ofMinutes(10)), ZoneOffset.UTC, null, MADE);

    @Test
    void before_its_time_it_waits() {
        assertEquals(new Firing.Waits(), decide(DUE.minusMillis(1), Owner.ACTIVE));
    }

    @Test
    void on_time_it_fires_and_goes_on() {
        assertEquals(new Firing.Fires(DUE, false, 0, DUE.plusSeconds(600)), decide(DUE, Owner.ACTIVE));
    }

    @Test
    void more_than_half_a_minute_later_it_is_late() {
        assertEquals(
                new Firing.Fires(DUE, true, 0, DUE.plusSeconds(600)), decide(DUE.plusMillis(30_001), Owner.ACTIVE));
    }

    @Test
    void for_someone_who_left_it_is_dropped() {
        assertEquals(new Firing.Drops("owner.inactive"), decide(DUE, Owner.INACTIVE));
    }

    @Test
    void someone_unknown_is_waited_for_a_minute() {
        Instant soon = DUE.plusSeconds(59);
        assertEquals(new Firing.Holds(soon.plusSeconds(2)), decide(soon, Owner.UNKNOWN));
        assertEquals(new Firing.Drops("owner.unknown"), decide(DUE.plusSeconds(61), Owner.UNKNOWN));
    }

    private static Firing decide(Instant now, Owner owner) {
        return Firing.decide(SCHEDULE, DUE, now, owner);
    }
}
