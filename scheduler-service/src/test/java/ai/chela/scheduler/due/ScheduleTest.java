package ai.chela.scheduler.due;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.chela.contracts.schedule.Timing;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void a_daily_time_that_a_gap_swallows_is_due_as_much_later() {
        assertEquals(berlin("2026-03-29T03:30"), next(new Timing.Daily(LocalTime.of(2, 30)), "2026-03-28T12:00"));
        assertEquals(berlin("2026-03-30T02:30"), next(new Timing.Daily(LocalTime.of(2, 30)), "2026-03-29T03:30"));
    }

    @Test
    void a_daily_time_that_comes_twice_is_due_at_its_first() {
        Instant first = berlin("2026-10-25T02:30");
        assertEquals(first, next(new Timing.Daily(LocalTime.of(2, 30)), "2026-10-24T12:00"));
        assertEquals(
                berlin("2026-10-26T02:30"),
                schedule(new Timing.Daily(LocalTime.of(2, 30)), null).next(first));
    }

    @Test
    void a_cron_line_at_an_hour_is_due_once_in_a_repeated_hour() {
        Schedule schedule = schedule(new Timing.Cron("30 2 * * *"), null);
        Instant first = berlin("2026-10-25T02:30");
        assertEquals(first, schedule.next(berlin("2026-10-24T12:00")));
        assertEquals(berlin("2026-10-26T02:30"), schedule.next(first));
    }

    @Test
    void a_cron_line_for_every_hour_is_due_in_both_passes_of_a_repeated_hour() {
        Schedule schedule = schedule(new Timing.Cron("30 * * * *"), null);
        Instant first = berlin("2026-10-25T02:30");
        assertEquals(
                List.of(first, first.plus(Duration.ofHours(1)), first.plus(Duration.ofHours(2))),
                schedule.upcoming(berlin("2026-10-25T02:00"), 3));
    }

    @Test
    void a_cron_line_for_every_hour_skips_nothing_over_a_gap() {
        Instant before = berlin("2026-03-29T01:30");
        assertEquals(
                List.of(before.plus(Duration.ofHours(1)), before.plus(Duration.ofHours(2))),
                schedule(new Timing.Cron("30 * * * *"), null).upcoming(before, 2));
    }

    @Test
    void a_day_that_a_zone_left_out_is_not_due_twice() {
        ZoneId apia = ZoneId.of("Pacific/Apia");
        Instant before = LocalDateTime.parse("2011-12-29T09:00").atZone(apia).toInstant();
        Schedule daily = new Schedule(new Timing.Daily(LocalTime.of(9, 0)), apia, null, before);
        assertEquals(
                List.of(
                        LocalDateTime.parse("2011-12-31T09:00").atZone(apia).toInstant(),
                        LocalDateTime.parse("2012-01-01T09:00").atZone(apia).toInstant()),
                daily.upcoming(before, 2));
    }

    @Test
    void a_month_without_the_day_is_skipped() {
        Timing monthly = new Timing.Monthly(31, LocalTime.of(9, 0));
        assertEquals(berlin("2027-03-31T09:00"), next(monthly, "2027-01-31T09:00"));
    }

    @Test
    void the_29th_of_february_waits_for_a_leap_year() {
        assertEquals(berlin("2028-02-29T08:00"), next(new Timing.Cron("0 8 29 2 *"), "2026-11-21T00:00"));
    }

    @Test
    void the_31st_of_february_never_comes() {
        assertNull(schedule(new Timing.Cron("0 8 31 2 *"), null).next(berlin("2026-11-21T00:00")));
    }

    @Test
    void the_last_day_of_each_month_is_the_last_day() {
        Schedule schedule = schedule(new Timing.MonthEnd(LocalTime.of(18, 0)), null);
        assertEquals(
                List.of(berlin("2028-01-31T18:00"), berlin("2028-02-29T18:00"), berlin("2028-03-31T18:00")),
                schedule.upcoming(berlin("2028-01-02T00:00"), 3));
    }

    @Test
    void the_weekdays_are_named_days() {
        Timing weekly = new Timing.Weekly(List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(9, 0));
        assertEquals(berlin("2026-11-23T09:00"), next(weekly, "2026-11-20T09:00"));
    }

    @Test
    void a_cron_line_with_day_of_month_and_day_of_week_is_due_at_either() {
        assertEquals(berlin("2026-11-13T00:00"), next(new Timing.Cron("0 0 15 * 5"), "2026-11-12T00:00"));
        assertEquals(berlin("2026-11-15T00:00"), next(new Timing.Cron("0 0 15 * 5"), "2026-11-13T00:00"));
    }

    @Test
    void the_last_date_is_the_last_that_is_due() {
        Schedule schedule = schedule(new Timing.Daily(LocalTime.of(9, 0)), LocalDate.parse("2026-11-22"));
        assertEquals(
                List.of(berlin("2026-11-21T09:00"), berlin("2026-11-22T09:00")),
                schedule.upcoming(berlin("2026-11-21T00:00"), 3));
    }

    @Test
    void an_interval_counts_from_when_it_was_made() {
        Instant made = Instant.parse("2026-11-21T10:00:07.123456789Z");
        Schedule schedule = new Schedule(new Timing.Every(Duration.ofMinutes(5)), BERLIN, null, made);
        assertEquals(Instant.parse("2026-11-21T10:05:07.123Z"), schedule.first());
        assertEquals(Instant.parse("2026-11-21T11:00:07.123Z"), schedule.next(Instant.parse("2026-11-21T10:57:00Z")));
    }

    @Test
    void a_time_beyond_a_century_is_never() {
        assertNull(schedule(new Timing.Once(Instant.MAX), null).first());
    }

    @Test
    void what_was_missed_is_owed_once_with_the_next_regular_time() {
        Schedule schedule = schedule(new Timing.Daily(LocalTime.of(9, 0)), null);
        assertEquals(
                new Schedule.Owed(berlin("2026-11-24T09:00"), 3, berlin("2026-11-25T09:00")),
                schedule.owed(berlin("2026-11-21T09:00"), berlin("2026-11-24T17:00")));
    }

    @Test
    void a_year_of_missed_seconds_is_owed_without_counting_them_all() {
        Instant made = Instant.parse("2026-01-01T00:00:00Z");
        Schedule schedule = new Schedule(new Timing.Every(Duration.ofSeconds(1)), BERLIN, null, made);
        Schedule.Owed owed = schedule.owed(made.plusSeconds(1), made.plus(Duration.ofDays(365)));
        assertEquals(made.plus(Duration.ofDays(365)), owed.newest());
        assertEquals(1_000, owed.missed());
        assertEquals(made.plus(Duration.ofDays(365)).plusSeconds(1), owed.next());
    }

    @Test
    void a_cron_line_of_six_fields_is_refused_with_the_reason() {
        var problem = assertThrows(
                IllegalArgumentException.class, () -> next(new Timing.Cron("0 0 9 * * *"), "2026-11-21T00:00"));
        assertNotNull(problem.getMessage());
    }

    private static @Nullable Instant next(Timing timing, String after) {
        return schedule(timing, null).next(berlin(after));
    }

    private static Schedule schedule(Timing timing, @Nullable LocalDate until) {
        return new Schedule(timing, BERLIN, until, Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** The first of two in an overlap. */
    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }
}
