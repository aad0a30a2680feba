package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Utterance;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;

/** Days, distances and times of day in Chinese; repetitions are in {@link ChineseRepeats}. */
final class ChineseDates implements Dialect {
    private record Word(String name, int days) {}

    private record Part(String name, DayPart part) {}

    private static final List<Word> DAYS = List.of(
            new Word("大后天", 3),
            new Word("今天", 0),
            new Word("今日", 0),
            new Word("明天", 1),
            new Word("明日", 1),
            new Word("后天", 2));

    private static final List<Part> PARTS = List.of(
            new Part("凌晨", DayPart.EARLY),
            new Part("清晨", DayPart.MORNING),
            new Part("早晨", DayPart.MORNING),
            new Part("早上", DayPart.MORNING),
            new Part("上午", DayPart.MORNING),
            new Part("中午", DayPart.NOON),
            new Part("正午", DayPart.NOON),
            new Part("下午", DayPart.AFTERNOON),
            new Part("傍晚", DayPart.EVENING),
            new Part("晚上", DayPart.NIGHT),
            new Part("夜里", DayPart.NIGHT));

    private static final List<String> THIS_WEEK = List.of("这个", "本", "这");
    static final List<String> WEEK = List.of("星期", "礼拜", "周");

    @Override
    public List<Piece.Found> pieces(Utterance said, int from, Calendar calendar) {
        List<Piece.Found> found = new ArrayList<>();
        if (from >= said.size()) return found;
        ChineseRepeats.read(said, from, found);
        int at = EnglishDates.skip(said, from, "在", "到", "于", "等");
        distance(said, at, found);
        day(said, at, calendar, found);
        until(said, from, calendar, found);
        part(said, at, found);
        clock(said, at, found);
        return found;
    }

    private static void distance(Utterance said, int from, List<Piece.Found> found) {
        int at = EnglishDates.skip(said, from, "过", "再过");
        Lengths.Length length = Lengths.chinese(said, at);
        if (length.end() < 0) return;
        int end = -1;
        for (String after : List.of("之后", "以后", "过后", "后")) if (end < 0) end = said.afterHan(length.end(), after);
        if (end < 0 && at > from) end = length.end();
        if (end > 0) found.add(Piece.Found.of(end, length.piece()));
    }

    private static void day(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        for (Word word : DAYS) {
            int end = said.afterHan(at, word.name());
            if (end > 0) found.add(Piece.Found.of(end, calendar.plus(word.days())));
        }
        shortDay(said, said.afterHan(at, "今晚"), 0, DayPart.NIGHT, calendar, found);
        shortDay(said, said.afterHan(at, "今早"), 0, DayPart.MORNING, calendar, found);
        shortDay(said, said.afterHan(at, "明晚"), 1, DayPart.NIGHT, calendar, found);
        shortDay(said, said.afterHan(at, "明早"), 1, DayPart.MORNING, calendar, found);
        weekday(said, at, calendar, found);
        monthDay(said, at, calendar, found);
    }

    private static void shortDay(
            Utterance said, int end, int days, DayPart part, Calendar calendar, List<Piece.Found> found) {
        if (end > 0) found.add(Piece.Found.of(end, calendar.plus(days), new Piece.Part(part)));
    }

    private static void weekday(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        int weeks = 0;
        int start = at;
        boolean named = false;
        for (String word : THIS_WEEK) {
            int end = said.afterHan(at, word);
            if (end > 0 && !named) {
                start = end;
                named = true;
            }
        }
        while (said.is(start, "下") && weeks < 3) {
            start++;
            weeks++;
        }
        if (weeks > 0) start = EnglishDates.skip(said, start, "个");
        int week = week(said, start);
        if (week < 0) return;
        DayOfWeek day = week < said.size() ? Names.hanWeekday(said.at(week).text()) : null;
        if (day == null) {
            if (weeks > 0) found.add(Piece.Found.of(week, new Piece.Unclear(Questions.whichDay())));
            return;
        }
        Piece piece = named || weeks > 0 ? calendar.weekday(day, weeks) : calendar.weekday(day);
        found.add(Piece.Found.of(week + 1, piece));
    }

    static int week(Utterance said, int at) {
        for (String word : WEEK) {
            int end = said.afterHan(at, word);
            if (end > 0) return end;
        }
        return -1;
    }

    /** 2026年12月24日, 明年3月1号, 12月24日, 下个月15号, 15号. */
    private static void monthDay(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        int year = -1;
        int start = at;
        if (said.afterHan(at, "明年") > 0 || said.afterHan(at, "今年") > 0) {
            year = calendar.today().getYear() + (said.is(at, "明") ? 1 : 0);
            start = at + 2;
        } else {
            Numbers.Count number = Numbers.read(said, at);
            if (number.value() > 999 && said.is(number.end(), "年")) {
                year = number.value();
                start = number.end() + 1;
            }
        }
        int months = year < 0 ? monthsAhead(said, at) : -1;
        if (months >= 0) {
            int from = said.afterHan(at, "下个月") > 0 || said.afterHan(at, "这个月") > 0 ? at + 3 : at + 2;
            int end = dayEnd(said, from);
            int day = Numbers.read(said, from).value();
            if (end > 0) found.add(Piece.Found.of(end, calendar.dayOfMonth(day, months)));
            return;
        }
        Numbers.Count month = Numbers.read(said, start);
        if (month.end() > 0 && said.is(month.end(), "月")) {
            Numbers.Count day = Numbers.read(said, month.end() + 1);
            if (day.end() < 0) return;
            int end = EnglishDates.skip(said, day.end(), "日", "号");
            Piece date = year < 0
                    ? calendar.date(month.value(), day.value())
                    : calendar.date(year, month.value(), day.value());
            found.add(Piece.Found.of(end, date));
        } else if (year < 0 && dayEnd(said, start) > 0)
            found.add(Piece.Found.of(dayEnd(said, start), calendar.dayOfMonth(month.value())));
    }

    private static int monthsAhead(Utterance said, int at) {
        if (said.afterHan(at, "下个月") > 0 || said.afterHan(at, "下月") > 0) return 1;
        return said.afterHan(at, "这个月") > 0 || said.afterHan(at, "本月") > 0 ? 0 : -1;
    }

    private static int dayEnd(Utterance said, int at) {
        Numbers.Count day = Numbers.read(said, at);
        return day.end() > 0 && (said.is(day.end(), "号") || said.is(day.end(), "日")) ? day.end() + 1 : -1;
    }

    private void until(Utterance said, int from, Calendar calendar, List<Piece.Found> found) {
        for (String word : List.of("直到", "截止到", "截至", "到")) {
            int at = said.afterHan(from, word);
            if (at < 0) continue;
            List<Piece.Found> days = new ArrayList<>();
            day(said, at, calendar, days);
            days.addAll(new NumericDates().pieces(said, at, calendar));
            for (Piece.Found day : days) {
                boolean date = day.pieces().getFirst() instanceof Piece.Day
                        || day.pieces().getFirst() instanceof Piece.Unclear;
                int closed = said.afterHan(day.end(), "为止");
                if (date && (closed > 0 || !word.equals("到")))
                    found.add(Piece.Found.of(
                            closed > 0 ? closed : day.end(),
                            new Piece.Until(day.pieces().getFirst())));
            }
        }
    }

    private static void part(Utterance said, int at, List<Piece.Found> found) {
        for (Part part : PARTS) {
            int end = said.afterHan(at, part.name());
            if (end > 0) found.add(Piece.Found.of(end, new Piece.Part(part.part())));
        }
        for (String midnight : List.of("午夜", "半夜")) {
            int end = said.afterHan(at, midnight);
            if (end > 0) found.add(Piece.Found.of(end, new Piece.Clock(24, 0, false)));
        }
    }

    private static void clock(Utterance said, int at, List<Piece.Found> found) {
        Numbers.Count hour = Numbers.read(said, at);
        if (hour.end() < 0 || hour.value() > 24) return;
        boolean mark = said.is(hour.end(), "点") || said.is(hour.end(), "时");
        if (!mark) return;
        int next = hour.end() + 1;
        boolean open =
                hour.value() >= 1 && hour.value() <= 12 && !said.at(at).text().startsWith("0");
        if (said.is(next, "半")) add(said, next + 1, hour.value(), 30, open, found);
        else if (said.afterHan(next, "一刻") > 0) add(said, next + 2, hour.value(), 15, open, found);
        else if (said.afterHan(next, "三刻") > 0) add(said, next + 2, hour.value(), 45, open, found);
        else {
            int from = EnglishDates.skip(said, next, "零", "过");
            Numbers.Count minute = Numbers.read(said, from);
            int end = minute.end() > 0 ? EnglishDates.skip(said, minute.end(), "分") : -1;
            boolean named = end > minute.end()
                    || said.at(minute.end() > 0 ? from : at).text().length() == 2
                    || minute.end() - from == 2;
            if (end > 0 && minute.value() < 60 && named && !said.is(end, "钟"))
                add(said, end, hour.value(), minute.value(), open, found);
            add(said, EnglishDates.skip(said, next, "钟", "整"), hour.value(), 0, open, found);
        }
    }

    private static void add(Utterance said, int end, int hour, int minute, boolean open, List<Piece.Found> found) {
        int moment = said.afterHan(end, "的时候");
        found.add(Piece.Found.of(moment > 0 ? moment : end, new Piece.Clock(hour, minute, open)));
    }
}
