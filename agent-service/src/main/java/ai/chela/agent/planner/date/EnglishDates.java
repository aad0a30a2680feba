package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;

/** Days and distances in English; times of day are in {@link EnglishClock}, repetitions in {@link EnglishRepeats}. */
final class EnglishDates implements Dialect {
    @Override
    public List<Piece.Found> pieces(Utterance said, int at, Calendar calendar) {
        List<Piece.Found> found = new ArrayList<>();
        if (at >= said.size()) return found;
        EnglishRepeats.read(said, at, found);
        distance(said, at, found);
        day(said, skip(said, at, "on", "for"), calendar, found);
        until(said, at, calendar, found);
        EnglishClock.read(said, at, found);
        return found;
    }

    private static void distance(Utterance said, int at, List<Piece.Found> found) {
        if (said.is(at, "in") || said.is(at, "after")) {
            Lengths.Length length = Lengths.english(said, at + 1);
            if (length.end() > 0) {
                int end = said.after(length.end(), "from", "now");
                found.add(Piece.Found.of(end > 0 ? end : length.end(), length.piece()));
            }
            return;
        }
        Lengths.Length length = Lengths.english(said, at);
        int end = said.after(length.end(), "from", "now");
        if (end > 0) found.add(Piece.Found.of(end, length.piece()));
    }

    private static void until(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        if (!said.is(at, "until") && !said.is(at, "till")) return;
        int from = skip(said, at + 1, "the");
        List<Piece.Found> days = new ArrayList<>();
        day(said, from, calendar, days);
        days.addAll(new NumericDates().pieces(said, from, calendar));
        for (Piece.Found day : days)
            if (day.pieces().getFirst() instanceof Piece.Day || day.pieces().getFirst() instanceof Piece.Unclear)
                found.add(Piece.Found.of(day.end(), new Piece.Until(day.pieces().getFirst())));
    }

    static void day(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        if (at >= said.size()) return;
        switch (said.at(at).text()) {
            case "today" -> found.add(Piece.Found.of(at + 1, calendar.plus(0)));
            case "tonight" -> found.add(Piece.Found.of(at + 1, calendar.plus(0), new Piece.Part(DayPart.NIGHT)));
            case "tomorrow" -> found.add(Piece.Found.of(at + 1, calendar.plus(1)));
            case "this" -> relative(said, at + 1, 0, calendar, found);
            case "next" -> relative(said, at + 1, 1, calendar, found);
            case "coming" -> weekday(said, at + 1, calendar, found);
            case "the" -> {
                if (said.is(at + 1, "coming")) weekday(said, at + 2, calendar, found);
                dayAfter(said, at + 1, calendar, found);
                ordinal(said, at + 1, calendar, true, found);
            }
            default -> {
                dayAfter(said, at, calendar, found);
                weekday(said, at, calendar, found);
                monthDay(said, at, calendar, found);
                ordinal(said, at, calendar, false, found);
            }
        }
        NumericDates numeric = new NumericDates();
        if (said.is(at - 1, "on"))
            for (Piece.Found date : numeric.pieces(said, at, calendar))
                if (!(date.pieces().getFirst() instanceof Piece.Clock)) found.add(date);
    }

    private static void dayAfter(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        int end = said.after(at, "day", "after", "tomorrow");
        if (end > 0) found.add(Piece.Found.of(end, calendar.plus(2)));
    }

    private static void relative(Utterance said, int at, int weeks, Calendar calendar, List<Piece.Found> found) {
        if (at >= said.size()) return;
        DayOfWeek day = Names.weekday(said.at(at).text());
        if (day != null) found.add(Piece.Found.of(at + 1, calendar.weekday(day, weeks)));
        DayPart part = EnglishClock.part(said.at(at).text());
        if (part != null && weeks == 0) found.add(Piece.Found.of(at + 1, calendar.plus(0), new Piece.Part(part)));
        if (weeks == 1 && (said.is(at, "week") || said.is(at, "month")))
            found.add(Piece.Found.of(at + 1, new Piece.Unclear(Questions.whichDay())));
    }

    private static void weekday(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        if (at >= said.size()) return;
        DayOfWeek day = Names.weekday(said.at(at).text());
        if (day == null) return;
        int next = said.after(at + 1, "next", "week");
        if (next > 0) found.add(Piece.Found.of(next, calendar.weekday(day, 1)));
        found.add(Piece.Found.of(at + 1, calendar.weekday(day)));
    }

    /** "December 24", "Dec 24th, 2026". */
    private static void monthDay(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        int month = Names.month(said.at(at).text());
        if (month < 0) return;
        int number = skip(said, at + 1, ".", "the");
        if (number >= said.size() || said.at(number).kind() != Token.Kind.NUMBER) return;
        Numbers.Count day = Numbers.read(said, number);
        if (day.end() < 0 || day.value() > 99) return;
        int end = suffix(said, day.end());
        year(said, skip(said, end, ","), month, day.value(), calendar, found);
        found.add(Piece.Found.of(end, calendar.date(month, day.value())));
    }

    /** "24 December", "24th of December 2026", and, after "the", "15th" alone. */
    private static void ordinal(Utterance said, int at, Calendar calendar, boolean article, List<Piece.Found> found) {
        if (at >= said.size() || said.at(at).kind() != Token.Kind.NUMBER) return;
        Numbers.Count day = Numbers.read(said, at);
        if (day.end() < 0 || day.value() > 99) return;
        int end = suffix(said, day.end());
        int named = skip(said, skip(said, end, "of"), "the");
        int month = named < said.size() ? Names.month(said.at(named).text()) : -1;
        if (month > 0) {
            year(said, skip(said, named + 1, ","), month, day.value(), calendar, found);
            found.add(Piece.Found.of(named + 1, calendar.date(month, day.value())));
        } else if (article || end > day.end()) {
            int next = said.after(skip(said, end, "of"), "next", "month");
            if (next > 0) found.add(Piece.Found.of(next, calendar.dayOfMonth(day.value(), 1)));
            found.add(Piece.Found.of(end, calendar.dayOfMonth(day.value())));
        }
    }

    private static void year(Utterance said, int at, int month, int day, Calendar calendar, List<Piece.Found> found) {
        if (at >= said.size() || said.at(at).kind() != Token.Kind.NUMBER) return;
        if (said.at(at).text().length() != 4) return;
        if (said.is(at + 1, ":")) return;
        found.add(Piece.Found.of(
                at + 1, calendar.date(Integer.parseInt(said.at(at).text()), month, day)));
    }

    /** After "1st", "2nd", "3rd", "4th". */
    static int suffix(Utterance said, int at) {
        boolean ordinal = said.glued(at)
                && List.of("st", "nd", "rd", "th").contains(said.at(at).text());
        return ordinal ? at + 1 : at;
    }

    /** After one of {@code words} if it stands there. */
    static int skip(Utterance said, int at, String... words) {
        for (String word : words) if (said.is(at, word)) return at + 1;
        return at;
    }
}
