package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Ask;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAdjusters;

/**
 * Days as people name them, from one fixed now.
 *
 * <p>A bare weekday is the nearest one ahead; on that very weekday it is asked which is meant. "next" and 下 mean the
 * week after this one, "this" and 这/本 the current week; weeks start on Monday. A day without a year is the next one
 * ahead, today included.
 */
record Calendar(LocalDateTime now) {
    LocalDate today() {
        return now.toLocalDate();
    }

    Piece plus(int days) {
        return new Piece.Day(today().plusDays(days), Piece.Named.DATE);
    }

    Piece weekday(DayOfWeek day) {
        if (today().getDayOfWeek() == day)
            return new Piece.Unclear(Ask.of(
                    "Today is " + Names.day(day, "en") + ": do you mean today, or " + today().plusDays(7)
                            + "? Say “today” or “next " + Names.day(day, "en") + "”.",
                    "今天就是" + Names.day(day, "zh") + "：是指今天，还是 " + today().plusDays(7) + "？请说“今天”或“下"
                            + Names.day(day, "zh") + "”。"));
        return new Piece.Day(today().with(TemporalAdjusters.next(day)), Piece.Named.WEEKDAY);
    }

    /** The weekday {@code weeks} calendar weeks from this one. */
    Piece weekday(DayOfWeek day, int weeks) {
        LocalDate monday = today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return new Piece.Day(monday.plusWeeks(weeks).with(TemporalAdjusters.nextOrSame(day)), Piece.Named.WEEKDAY);
    }

    /** The next day ahead that is the {@code day}th of a month; months without that day are passed over. */
    Piece dayOfMonth(int day) {
        if (day < 1 || day > 31) return noSuch(day + ".", day + " 号");
        LocalDate month = today().withDayOfMonth(1);
        while (month.lengthOfMonth() < day || month.withDayOfMonth(day).isBefore(today())) month = month.plusMonths(1);
        return new Piece.Day(month.withDayOfMonth(day), Piece.Named.DAY_OF_MONTH);
    }

    Piece dayOfMonth(int day, int monthsAhead) {
        LocalDate month = today().withDayOfMonth(1).plusMonths(monthsAhead);
        return date(month.getYear(), month.getMonthValue(), day);
    }

    Piece date(int year, int month, int day) {
        try {
            return new Piece.Day(LocalDate.of(year, month, day), Piece.Named.DATE);
        } catch (DateTimeException _) {
            return noSuch(
                    day + " " + (month >= 1 && month <= 12 ? Names.month(month) : "(month " + month + ")") + " " + year,
                    year + "年" + month + "月" + day + "日");
        }
    }

    Piece date(int month, int day) {
        int year = today().getYear();
        Piece date = date(year, month, day);
        return date instanceof Piece.Day(LocalDate when, Piece.Named _) && when.isBefore(today())
                ? date(year + 1, month, day)
                : date;
    }

    /** "3/4": a day and a month in an order that only the numbers can tell. */
    Piece slashed(int first, int second, int year) {
        boolean monthFirst = first >= 1 && first <= 12;
        boolean dayFirst = second >= 1 && second <= 12;
        if (monthFirst && dayFirst && first != second)
            return new Piece.Unclear(Ask.of(
                    "Is " + first + "/" + second + " the " + second + " " + Names.month(first) + " or the " + first
                            + " " + Names.month(second) + "? Please write the month as a word.",
                    first + "/" + second + " 是" + first + "月" + second + "日，还是" + second + "月" + first + "日？请写成“"
                            + first + "月" + second + "日”这样。"));
        int month = monthFirst ? first : second;
        int day = monthFirst ? second : first;
        return year < 0 ? date(month, day) : date(year, month, day);
    }

    private static Piece noSuch(String en, String zh) {
        return new Piece.Unclear(
                Ask.of("There is no " + en + " in the calendar. Which day do you mean?", "日历上没有" + zh + "。您指的是哪一天？"));
    }
}
