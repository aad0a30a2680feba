package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Repetitions in English: "every weekday", "daily", "on Mondays", "every month on the 15th". */
final class EnglishRepeats {
    static final List<DayOfWeek> WORKDAYS =
            List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
    static final List<DayOfWeek> WEEKEND = List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private EnglishRepeats() {}

    static void read(Utterance said, int at, List<Piece.Found> found) {
        switch (said.at(at).text()) {
            case "every", "each" -> every(said, at + 1, found);
            case "daily" -> found.add(Piece.Found.of(at + 1, new Piece.Daily()));
            case "hourly" -> found.add(Piece.Found.of(at + 1, new Piece.Interval(Duration.ofHours(1))));
            case "weekly" -> found.add(Piece.Found.of(at + 1, new Piece.Weekly(List.of())));
            case "monthly" -> found.add(Piece.Found.of(at + 1, new Piece.Monthly(0)));
            case "weekdays", "workdays" -> found.add(Piece.Found.of(at + 1, new Piece.Weekly(WORKDAYS)));
            case "weekends" -> found.add(Piece.Found.of(at + 1, new Piece.Weekly(WEEKEND)));
            case "on" -> {
                if (said.is(at + 1, "weekdays") || said.is(at + 1, "workdays"))
                    found.add(Piece.Found.of(at + 2, new Piece.Weekly(WORKDAYS)));
                if (said.is(at + 1, "weekends")) found.add(Piece.Found.of(at + 2, new Piece.Weekly(WEEKEND)));
                plurals(said, at + 1, found);
                monthDay(said, at + 1, found);
            }
            case "the" -> monthDay(said, at, found);
            default -> plurals(said, at, found);
        }
    }

    private static void every(Utterance said, int at, List<Piece.Found> found) {
        if (at >= said.size()) return;
        String word = said.at(at).text();
        switch (word) {
            case "day" -> found.add(Piece.Found.of(at + 1, new Piece.Daily()));
            case "weekday", "workday" -> found.add(Piece.Found.of(at + 1, new Piece.Weekly(WORKDAYS)));
            case "working" -> {
                if (said.is(at + 1, "day")) found.add(Piece.Found.of(at + 2, new Piece.Weekly(WORKDAYS)));
            }
            case "weekend" -> found.add(Piece.Found.of(at + 1, new Piece.Weekly(WEEKEND)));
            case "week" -> found.add(Piece.Found.of(at + 1, new Piece.Weekly(List.of())));
            case "month" -> found.add(Piece.Found.of(at + 1, new Piece.Monthly(0)));
            case "second", "minute", "hour" -> one(at, word, found);
            case "last" -> {
                int end = said.after(at, "last", "day", "of", "the", "month");
                if (end > 0) found.add(Piece.Found.of(end, new Piece.Monthly(-1)));
            }
            default -> {
                DayPart part = EnglishClock.part(word);
                if (part != null) found.add(Piece.Found.of(at + 1, new Piece.Daily(), new Piece.Part(part)));
                weekdays(said, at, false, found);
                everyNth(said, at, found);
                Lengths.Length length = Lengths.english(said, at);
                if (length.end() > 0) interval(length, found);
                else if (said.is(at, "half")) halfHour(said, at, found);
            }
        }
    }

    private static void one(int at, String unit, List<Piece.Found> found) {
        Duration one = switch (unit) {
            case "second" -> Duration.ofSeconds(1);
            case "minute" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
        found.add(Piece.Found.of(at + 1, new Piece.Interval(one)));
    }

    private static void halfHour(Utterance said, int at, List<Piece.Found> found) {
        int end = said.after(at, "half", "hour");
        if (end > 0) found.add(Piece.Found.of(end, new Piece.Interval(Duration.ofMinutes(30))));
    }

    /** Months and years have no fixed length, so they are no interval. */
    static void interval(Lengths.Length length, List<Piece.Found> found) {
        if (length.days().toTotalMonths() == 0)
            found.add(Piece.Found.of(
                    length.end(),
                    new Piece.Interval(length.clock().plusDays(length.days().getDays()))));
    }

    private static void everyNth(Utterance said, int at, List<Piece.Found> found) {
        if (said.at(at).kind() != Token.Kind.NUMBER) return;
        Numbers.Count day = Numbers.read(said, at);
        int end = day.end() < 0 ? -1 : EnglishDates.suffix(said, day.end());
        if (end <= day.end() || day.value() < 1 || day.value() > 31) return;
        int month = ofEachMonth(said, end);
        found.add(Piece.Found.of(month > 0 ? month : end, new Piece.Monthly(day.value())));
    }

    /** "the 15th of every month", "the last day of each month". */
    private static void monthDay(Utterance said, int at, List<Piece.Found> found) {
        int start = EnglishDates.skip(said, at, "the");
        int last = ofEachMonth(said, said.after(start, "last", "day"));
        if (last > 0) found.add(Piece.Found.of(last, new Piece.Monthly(-1)));
        if (start >= said.size() || said.at(start).kind() != Token.Kind.NUMBER) return;
        Numbers.Count day = Numbers.read(said, start);
        if (day.end() < 0 || day.value() < 1 || day.value() > 31) return;
        int end = ofEachMonth(said, EnglishDates.suffix(said, day.end()));
        if (end > 0 && !said.is(end - 2, "the")) found.add(Piece.Found.of(end, new Piece.Monthly(day.value())));
    }

    private static int ofEachMonth(Utterance said, int at) {
        if (at < 0 || !said.is(at, "of")) return -1;
        boolean each = said.is(at + 1, "every") || said.is(at + 1, "each") || said.is(at + 1, "the");
        return each && said.is(at + 2, "month") ? at + 3 : -1;
    }

    private static void plurals(Utterance said, int at, List<Piece.Found> found) {
        weekdays(said, at, true, found);
    }

    /** "Monday, Wednesday and Friday"; {@code plural}: each must be said as "Mondays". */
    private static void weekdays(Utterance said, int from, boolean plural, List<Piece.Found> found) {
        List<DayOfWeek> days = new ArrayList<>();
        int at = from;
        int end = -1;
        while (at < said.size()) {
            DayOfWeek day = Names.weekday(said.at(at).text());
            if (day == null || plural && !said.at(at).text().endsWith("days")) break;
            days.add(day);
            end = ++at;
            while (said.is(at, ",") || said.is(at, "and")) at++;
        }
        if (!days.isEmpty()) found.add(Piece.Found.of(end, new Piece.Weekly(List.copyOf(days))));
    }
}
