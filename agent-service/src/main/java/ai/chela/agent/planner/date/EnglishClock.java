package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times of day in English. */
final class EnglishClock {
    private EnglishClock() {}

    static void read(Utterance said, int from, List<Piece.Found> found) {
        boolean at = said.is(from, "at") || said.is(from, "@");
        int start = at ? from + 1 : from;
        if (start >= said.size()) return;
        parts(said, from, found);
        switch (said.at(start).text()) {
            case "noon", "midday" -> found.add(Piece.Found.of(start + 1, new Piece.Clock(12, 0, false)));
            case "midnight" -> found.add(Piece.Found.of(start + 1, new Piece.Clock(24, 0, false)));
            case "night" -> {
                if (at) found.add(Piece.Found.of(start + 1, new Piece.Part(DayPart.NIGHT)));
            }
            case "half" -> spoken(said, said.after(start, "half", "past"), 0, 30, found);
            case "quarter" -> quarter(said, start, found);
            case "a" -> {
                if (said.is(start + 1, "quarter")) quarter(said, start + 1, found);
            }
            default -> hour(said, start, at, found);
        }
    }

    private static void quarter(Utterance said, int at, List<Piece.Found> found) {
        spoken(said, said.after(at, "quarter", "past"), 0, 15, found);
        spoken(said, said.after(at, "quarter", "to"), -1, 45, found);
    }

    private static void spoken(Utterance said, int at, int shift, int minute, List<Piece.Found> found) {
        if (at < 0) return;
        Numbers.Count hour = Numbers.read(said, at);
        if (hour.end() < 0 || hour.value() < 1 || hour.value() > 12) return;
        withHalf(said, hour.end(), (hour.value() + shift + 11) % 12 + 1, minute, true, found);
    }

    private static void hour(Utterance said, int at, boolean introduced, List<Piece.Found> found) {
        Numbers.Count hour = Numbers.read(said, at);
        if (hour.end() < 0 || hour.value() > 23 || said.at(at).kind() == Token.Kind.HAN) return;
        int end = hour.end();
        boolean padded = said.at(at).text().length() == 2 && said.at(at).text().startsWith("0");
        boolean dotted = introduced && said.is(end, ".");
        if ((said.is(end, ":") || dotted) && said.glued(end) && said.glued(end + 1)) {
            minutes(said, end + 1, hour.value(), found);
            return;
        }
        boolean joined = said.is(end, "-") || said.is(end, "/") || said.is(end, "%");
        if (joined && said.glued(end)) return;
        int clock = EnglishDates.skip(said, end, "o'clock");
        int before = found.size();
        withHalf(said, clock, hour.value(), 0, hour.value() > 0 && hour.value() < 13 && !padded, found);
        // a bare number is no time, not even one that only an afternoon can be: "head -n 20"
        boolean half = found.size() > before && found.getLast().end() > clock;
        if (!introduced && clock == end && !half) while (found.size() > before) found.removeLast();
    }

    private static void minutes(Utterance said, int at, int hour, List<Piece.Found> found) {
        Token minute = said.at(at);
        if (minute.kind() != Token.Kind.NUMBER || minute.text().length() != 2) return;
        int value = Integer.parseInt(minute.text());
        boolean padded = said.at(at - 2).text().length() == 2;
        if (value < 60) withHalf(said, at + 1, hour, value, !padded && hour > 0, found);
    }

    /** Adds the time with am or pm where one follows, else as it stands. */
    private static void withHalf(Utterance said, int end, int hour, int minute, boolean open, List<Piece.Found> found) {
        int am = half(said, end, "a");
        int pm = half(said, end, "p");
        if ((am > 0 || pm > 0) && hour >= 1 && hour <= 12)
            found.add(Piece.Found.of(Math.max(am, pm), new Piece.Clock(hour % 12 + (pm > 0 ? 12 : 0), minute, false)));
        else if (am < 0 && pm < 0) found.add(Piece.Found.of(end, new Piece.Clock(hour, minute, open)));
    }

    private static int half(Utterance said, int at, String letter) {
        if (said.is(at, letter + "m")) return at + 1;
        int dotted = said.after(at, letter, ".", "m");
        return dotted > 0 ? EnglishDates.skip(said, dotted, ".") : -1;
    }

    private static void parts(Utterance said, int from, List<Piece.Found> found) {
        int start = said.after(from, "in", "the");
        boolean introduced = start > 0;
        int at = introduced ? start : from;
        if (at >= said.size()) return;
        DayPart part = part(said.at(at).text());
        boolean afterDay = at > 0
                && (said.is(at - 1, "tomorrow") || Names.weekday(said.at(at - 1).text()) != null);
        if (part != null && (introduced || afterDay)) found.add(Piece.Found.of(at + 1, new Piece.Part(part)));
    }

    static @Nullable DayPart part(String word) {
        return switch (word) {
            case "morning" -> DayPart.MORNING;
            case "afternoon" -> DayPart.AFTERNOON;
            case "evening" -> DayPart.EVENING;
            case "night" -> DayPart.NIGHT;
            default -> null;
        };
    }
}
