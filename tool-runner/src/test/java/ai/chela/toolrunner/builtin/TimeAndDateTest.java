package ai.chela.toolrunner.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.toolrunner.tool.Language;
import ai.chela.toolrunner.tool.ToolResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeAndDateTest {

    @Test
    void the_time_is_told_in_the_persons_zone() {
        assertEquals("It is 15:04 on Saturday, 21 November 2026 (Europe/Berlin).", Calls.en(new TimeNow(), Map.of()));
    }

    @Test
    void the_time_is_told_in_chinese() {
        assertEquals("现在是 2026年11月21日 星期六 15:04（Europe/Berlin）。", Calls.zh(new TimeNow(), Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"Tokyo,Asia/Tokyo", "北京,Asia/Shanghai", "new york,America/New_York", "utc,UTC", "+02:00,+02:00"})
    void the_time_is_told_where_a_person_names_a_place(String place, String zone) {
        String text = Calls.en(new TimeNow(), Map.of("zone", place));
        assertTrue(text.endsWith("(" + zone + ")."), text);
    }

    @Test
    void an_unknown_place_is_answered_with_what_is_understood() {
        ToolResult.Refused refused = assertInstanceOf(
                ToolResult.Refused.class, Calls.in(Language.EN, new TimeNow(), Map.of("zone", "Atlantis")));
        assertEquals(
                "I do not know the time zone \"Atlantis\". Write it as Europe/Berlin, Tokyo, UTC or +02:00.",
                refused.text());
    }

    @Test
    void a_time_is_converted_over_midnight() {
        assertEquals(
                "20:00 on Saturday, 21 November 2026 (Europe/Berlin) is 04:00 on Sunday, 22 November 2026 (Asia/Tokyo).",
                Calls.en(new TimeConvert(), Map.of("time", "20:00", "from", "Berlin", "to", "Tokyo")));
    }

    @Test
    void a_time_that_the_clocks_jump_over_does_not_exist() {
        String text =
                Calls.en(new TimeConvert(), Map.of("time", "2026-03-29T02:30", "from", "Europe/Berlin", "to", "UTC"));
        assertTrue(text.contains("does not exist"), text);
    }

    @Test
    void a_time_that_is_none_is_refused() {
        String text = Calls.en(new TimeConvert(), Map.of("time", "25:99", "from", "Berlin", "to", "UTC"));
        assertEquals("\"time\" is \"25:99\", which is no time. Write it as 15:00 or 2026-11-21T15:00.", text);
    }

    @ParameterizedTest
    @CsvSource({
        "10,days,'That is Tuesday, 1 December 2026.'",
        "-3,weeks,'That is Saturday, 31 October 2026.'",
        "1,month,'That is Monday, 21 December 2026.'",
        "2,years,'That is Tuesday, 21 November 2028.'"
    })
    void a_date_is_counted_from_today(long amount, String unit, String text) {
        assertEquals(text, Calls.en(new DateAdd(), Map.of("amount", amount, "unit", unit)));
    }

    @Test
    void a_month_after_the_last_of_january_is_the_last_of_february() {
        assertEquals(
                "是 2027年2月28日 星期日。",
                Calls.zh(new DateAdd(), Map.of("date", "2027-01-31", "amount", 1, "unit", "month")));
    }

    @Test
    void days_between_dates_are_counted() {
        assertEquals(
                "From Saturday, 21 November 2026 to Thursday, 24 December 2026: 33 days.",
                Calls.en(new DateBetween(), Map.of("from", "2026-11-21", "to", "2026-12-24")));
    }

    @Test
    void the_weekday_of_a_date_is_told() {
        assertEquals("2026-12-24 is a Thursday.", Calls.en(new DateWeekday(), Map.of("date", "2026-12-24")));
        assertEquals("2026-12-24 是星期四。", Calls.zh(new DateWeekday(), Map.of("date", "2026-12-24")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-31", "31.12.2026", "2026-13-01", "tomorrow"})
    void what_is_no_date_is_refused(String text) {
        assertEquals(
                "\"date\" is \"" + text + "\", which is no date. Write it as 2026-11-21.",
                Calls.en(new DateWeekday(), Map.of("date", text)));
    }
}
