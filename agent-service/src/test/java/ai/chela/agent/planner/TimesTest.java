package ai.chela.agent.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.schedule.Timing;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

    @Test
    void a_time_that_the_clock_change_skips_moves_forward_by_the_gap() {
        assertEquals(
                Instant.parse("2027-03-28T01:30:00Z"),
                once("remind me tomorrow at 02:30 to x", "2027-03-27T10:00:00Z"));
    }

    @Test
    void a_time_that_the_clock_change_repeats_is_the_first_of_the_two() {
        assertEquals(
                Instant.parse("2026-10-25T00:30:00Z"),
                once("remind me tomorrow at 02:30 to x", "2026-10-24T10:00:00Z"));
    }

    @Test
    void hours_are_counted_and_days_are_calendar_days_over_a_clock_change() {
        assertEquals(Instant.parse("2026-10-25T10:00:00Z"), once("remind me in 24 hours to x", "2026-10-24T10:00:00Z"));
        assertEquals(Instant.parse("2026-10-25T11:00:00Z"), once("remind me in 1 day to x", "2026-10-24T10:00:00Z"));
    }

    @Test
    void next_monday_is_in_the_week_after_this_one_also_on_a_monday() {
        assertEquals(Instant.parse("2026-11-23T08:00:00Z"), once("remind me next Monday to x", "2026-11-16T10:00:00Z"));
        assertEquals(Instant.parse("2026-11-23T08:00:00Z"), once("remind me next Monday to x", "2026-11-22T10:00:00Z"));
    }

    @Test
    void timings_are_those_of_the_contracts() {
        assertEquals(
                new Timing.Every(Duration.ofHours(2)), timing("remind me every 2 hours to x", "2026-11-18T10:00:00Z"));
        assertEquals(
                new Timing.Daily(LocalTime.of(8, 0)),
                timing("remind me every day at 8am to x", "2026-11-18T10:00:00Z"));
        assertEquals(
                new Timing.Monthly(31, LocalTime.of(9, 0)),
                timing("remind me on the 31st of every month to x", "2026-11-18T10:00:00Z"));
        assertEquals(
                new Timing.Cron("*/5 0 1,15 * *"),
                timing("remind me cron */5 0 1,15 * * to x", "2026-11-18T10:00:00Z"));
    }

    @Test
    void a_question_says_what_is_wrong_with_a_time() {
        assertTrue(question("remind me on 31 February to x", "en").contains("31 February"));
        assertTrue(question("remind me on 3/4 to x", "en").contains("3 April"));
        assertTrue(question("remind me today at 9:00 to x", "en").contains("has passed"));
        assertTrue(question("2月31日提醒我开会", "zh").contains("2月31日"));
        assertTrue(question("提醒我5点下班", "zh").contains("17:00"));
    }

    private static String question(String text, String language) {
        return assertInstanceOf(Planned.Question.class, Sentences.plan(text, language))
                .text();
    }

    private static Instant once(String text, String now) {
        return assertInstanceOf(Timing.Once.class, timing(text, now)).at();
    }

    private static Timing timing(String text, String now) {
        Request request = new Request(text, BERLIN, "en", Instant.parse(now), Set.of());
        Planned.Plan plan = assertInstanceOf(Planned.Plan.class, Sentences.PLANNER.plan(request));
        Map<String, Object> args = plan.operations().getFirst().args();
        return JSON.convertValue(args.get("timing"), Timing.class);
    }
}
