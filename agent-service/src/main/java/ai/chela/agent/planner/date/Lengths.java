package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Utterance;
import java.time.Duration;
import java.time.Period;
import java.util.List;

/** Lengths of time: "2 hours and 10 minutes", "half an hour", 两个半小时. */
final class Lengths {
    /** A length and the position after it; -1: there is none. */
    record Length(Period days, Duration clock, int end) {
        static final Length NONE = new Length(Period.ZERO, Duration.ZERO, -1);

        Piece piece() {
            return new Piece.Distance(days, clock);
        }

        Length plus(Length other) {
            return new Length(days.plus(other.days), clock.plus(other.clock), other.end);
        }

        Length endingAt(int position) {
            return end < 0 ? NONE : new Length(days, clock, position);
        }

        boolean positive() {
            return !days.isZero() || clock.isPositive();
        }
    }

    private enum Unit {
        SECOND,
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        YEAR;

        /** {@code halves} half units; only clock units have halves (and half a day is twelve hours). */
        Length times(int halves, int end) {
            Duration clock = switch (this) {
                case SECOND -> Duration.ofMillis(500L * halves);
                case MINUTE -> Duration.ofSeconds(30L * halves);
                case HOUR -> Duration.ofMinutes(30L * halves);
                case DAY -> halves % 2 == 0 ? Duration.ZERO : Duration.ofHours(12L * halves);
                case WEEK, MONTH, YEAR -> Duration.ZERO;
            };
            if (!clock.isZero()) return new Length(Period.ZERO, clock, end);
            if (halves % 2 != 0) return Length.NONE;
            int count = halves / 2;
            return switch (this) {
                case WEEK -> new Length(Period.ofDays(7 * count), Duration.ZERO, end);
                case MONTH -> new Length(Period.ofMonths(count), Duration.ZERO, end);
                case YEAR -> new Length(Period.ofYears(count), Duration.ZERO, end);
                case SECOND, MINUTE, HOUR, DAY -> new Length(Period.ofDays(count), Duration.ZERO, end);
            };
        }
    }

    private record Han(String name, Unit unit) {}

    private static final List<Han> HAN = List.of(
            new Han("秒钟", Unit.SECOND),
            new Han("秒", Unit.SECOND),
            new Han("分钟", Unit.MINUTE),
            new Han("分", Unit.MINUTE),
            new Han("小时", Unit.HOUR),
            new Han("钟头", Unit.HOUR),
            new Han("天", Unit.DAY),
            new Han("日", Unit.DAY),
            new Han("星期", Unit.WEEK),
            new Han("礼拜", Unit.WEEK),
            new Han("周", Unit.WEEK),
            new Han("年", Unit.YEAR));

    private Lengths() {}

    static Length english(Utterance said, int at) {
        Length total = englishOne(said, at);
        while (total.end() > 0) {
            int next = EnglishDates.skip(said, total.end(), "and", ",");
            Length more = englishOne(said, next);
            if (more.end() < 0 || said.is(total.end(), ",") && said.is(next, "a")) break;
            total = total.plus(more);
        }
        return total.end() > 0 && total.positive() ? total : Length.NONE;
    }

    private static Length englishOne(Utterance said, int at) {
        int half = firstAfter(said, at, List.of("half", "an"), List.of("half", "a"), List.of("a", "half"));
        if (half > 0) return unitEnglish(said, half, 1);
        int quarter = said.after(at, "a", "quarter", "of", "an", "hour");
        if (quarter > 0) return new Length(Period.ZERO, Duration.ofMinutes(15), quarter);
        boolean article = said.is(at, "a") || said.is(at, "an");
        Numbers.Count count = article ? new Numbers.Count(1, at + 1) : Numbers.read(said, at);
        if (count.end() < 0) return Length.NONE;
        int halves = 2 * count.value();
        int end = count.end();
        int andHalf = firstAfter(said, end, List.of("and", "a", "half"));
        if (andHalf > 0) return unitEnglish(said, andHalf, halves + 1);
        if (said.is(end, ".") && said.is(end + 1, "5") && said.glued(end) && said.glued(end + 1))
            return unitEnglish(said, end + 2, halves + 1);
        Length whole = unitEnglish(said, end, halves);
        int halfMore = said.after(whole.end(), "and", "a", "half");
        return halfMore > 0 ? unitEnglish(said, end, halves + 1).endingAt(halfMore) : whole;
    }

    private static int firstAfter(Utterance said, int at, List<?>... choices) {
        for (List<?> words : choices) {
            int end = said.after(at, words.toArray(String[]::new));
            if (end > 0) return end;
        }
        return -1;
    }

    private static Length unitEnglish(Utterance said, int at, int halves) {
        if (at < 0 || at >= said.size()) return Length.NONE;
        return switch (said.at(at).text()) {
            case "second", "seconds", "sec", "secs", "s" -> Unit.SECOND.times(halves, at + 1);
            case "minute", "minutes", "min", "mins", "m" -> Unit.MINUTE.times(halves, at + 1);
            case "hour", "hours", "hr", "hrs", "h" -> Unit.HOUR.times(halves, at + 1);
            case "day", "days", "d" -> Unit.DAY.times(halves, at + 1);
            case "week", "weeks" -> Unit.WEEK.times(halves, at + 1);
            case "fortnight" -> Unit.WEEK.times(2 * halves, at + 1);
            case "month", "months" -> Unit.MONTH.times(halves, at + 1);
            case "year", "years" -> Unit.YEAR.times(halves, at + 1);
            default -> Length.NONE;
        };
    }

    static Length chinese(Utterance said, int at) {
        Length total = chineseOne(said, at);
        while (total.end() > 0) {
            int next = said.is(total.end(), "零") || said.is(total.end(), "又") ? total.end() + 1 : total.end();
            Length more = chineseOne(said, next);
            if (more.end() < 0) break;
            total = total.plus(more);
        }
        return total.end() > 0 && total.positive() ? total : Length.NONE;
    }

    private static Length chineseOne(Utterance said, int at) {
        if (said.is(at, "半")) {
            int unit = EnglishDates.skip(said, at + 1, "个");
            return said.is(unit, "月")
                    ? new Length(Period.ofDays(15), Duration.ZERO, unit + 1)
                    : unitChinese(said, unit, unit > at + 1, 1);
        }
        Numbers.Count count = Numbers.read(said, at);
        if (count.end() < 0) return Length.NONE;
        int unit = EnglishDates.skip(said, count.end(), "个");
        boolean counted = unit > count.end();
        if (said.is(unit, "半")) return unitChinese(said, unit + 1, counted, 2 * count.value() + 1);
        int quarter = said.afterHan(count.end(), "刻钟");
        if (quarter > 0) return new Length(Period.ZERO, Duration.ofMinutes(15L * count.value()), quarter);
        Length whole = unitChinese(said, unit, counted, 2 * count.value());
        return whole.end() > 0 && said.is(whole.end(), "半")
                ? unitChinese(said, unit, counted, 2 * count.value() + 1).endingAt(whole.end() + 1)
                : whole;
    }

    private static Length unitChinese(Utterance said, int at, boolean counted, int halves) {
        if (counted && said.is(at, "月")) return Unit.MONTH.times(halves, at + 1);
        for (Han han : HAN) {
            int end = said.afterHan(at, han.name());
            if (end > 0) return han.unit().times(halves, end);
        }
        return switch (at >= 0 && at < said.size() ? said.at(at).text() : "") {
            case "s" -> Unit.SECOND.times(halves, at + 1);
            case "min" -> Unit.MINUTE.times(halves, at + 1);
            case "h" -> Unit.HOUR.times(halves, at + 1);
            default -> Length.NONE;
        };
    }
}
