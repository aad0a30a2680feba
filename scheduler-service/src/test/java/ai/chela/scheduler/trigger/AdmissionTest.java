package ai.chela.scheduler.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.schedule.ScheduleRequested.Action;
import ai.chela.contracts.schedule.ScheduleRequested.Remind;
import ai.chela.contracts.schedule.Timing;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void a_time_to_come_is_admitted() {
        assertEquals(
                new Admission.Admitted(NOW.plusSeconds(20)), admit(new Timing.Once(NOW.plusSeconds(20)), null, "UTC"));
    }

    @Test
    void a_time_that_passed_while_it_was_written_down_is_admitted() {
        assertInstanceOf(Admission.Admitted.class, admit(new Timing.Once(NOW.minusSeconds(4)), null, "UTC"));
    }

    @Test
    void a_past_time_is_refused_in_the_language_of_who_asked() {
        Refusal why = refused(new Timing.Once(NOW.minusSeconds(60)), null, "Asia/Shanghai");
        assertEquals("schedule.past", why.code());
        assertTrue(String.valueOf(why.detail()).startsWith("2026-11-21 17:59"), why.detail());
        assertTrue(String.valueOf(why.detail()).contains("已经过去"), why.detail());
    }

    @Test
    void the_31st_of_february_is_refused() {
        assertEquals(
                "schedule.never",
                refused(new Timing.Cron("0 9 31 2 *"), null, "UTC").code());
    }

    @Test
    void a_cron_line_that_cannot_be_read_is_refused() {
        assertEquals(
                "schedule.never", refused(new Timing.Cron("often"), null, "UTC").code());
    }

    @Test
    void a_last_date_before_the_first_time_is_refused() {
        assertEquals(
                "schedule.never",
                refused(new Timing.Daily(LocalTime.of(9, 0)), LocalDate.parse("2026-11-20"), "UTC")
                        .code());
    }

    @Test
    void a_zone_that_does_not_exist_is_refused() {
        assertEquals(
                "schedule.zone",
                refused(new Timing.Daily(LocalTime.of(9, 0)), null, "Mars/Olympus")
                        .code());
    }

    private static Refusal refused(Timing timing, @Nullable LocalDate until, String zone) {
        return assertInstanceOf(Admission.Refused.class, admit(timing, until, zone))
                .why();
    }

    private static Admission admit(Timing timing, @Nullable LocalDate until, String zone) {
        return Admission.of(new Remind("call", timing, until, zone, "zh-CN", Action.REMIND, "text"), NOW);
    }
}
