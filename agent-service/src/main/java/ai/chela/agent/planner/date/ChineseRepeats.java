package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Utterance;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Repetitions in Chinese: 每天, 每个工作日, 每周一和周四, 每月15号, 每隔两小时. */
final class ChineseRepeats {
    private ChineseRepeats() {}

    static void read(Utterance said, int from, List<Piece.Found> found) {
        for (String word : List.of("天天", "每天", "每日", "每一天")) add(said.afterHan(from, word), new Piece.Daily(), found);
        for (String word : List.of("每个工作日", "每工作日", "工作日"))
            add(said.afterHan(from, word), new Piece.Weekly(EnglishRepeats.WORKDAYS), found);
        for (String word : List.of("每个周末", "每周末"))
            add(said.afterHan(from, word), new Piece.Weekly(EnglishRepeats.WEEKEND), found);
        part(said.afterHan(from, "每晚"), DayPart.NIGHT, found);
        part(said.afterHan(from, "每早"), DayPart.MORNING, found);
        if (!said.is(from, "每")) return;
        int at = EnglishDates.skip(said, from + 1, "个", "隔");
        month(said, at, found);
        week(said, at, found);
        interval(said, at, found);
    }

    private static void add(int end, Piece piece, List<Piece.Found> found) {
        if (end > 0) found.add(Piece.Found.of(end, piece));
    }

    private static void part(int end, DayPart part, List<Piece.Found> found) {
        if (end > 0) found.add(Piece.Found.of(end, new Piece.Daily(), new Piece.Part(part)));
    }

    private static void month(Utterance said, int from, List<Piece.Found> found) {
        if (!said.is(from, "月")) return;
        int at = EnglishDates.skip(said, from + 1, "的");
        add(said.afterHan(at, "最后一天"), new Piece.Monthly(-1), found);
        add(said.afterHan(at, "月底"), new Piece.Monthly(-1), found);
        add(said.afterHan(at, "底"), new Piece.Monthly(-1), found);
        Numbers.Count day = Numbers.read(said, at);
        boolean named = day.end() > 0 && (said.is(day.end(), "号") || said.is(day.end(), "日"));
        if (named && day.value() >= 1 && day.value() <= 31) add(day.end() + 1, new Piece.Monthly(day.value()), found);
        if (day.end() < 0) add(from + 1, new Piece.Monthly(0), found);
    }

    /** 每周一, 每周一和周四, 每周一三五, 每周一到周五. */
    private static void week(Utterance said, int from, List<Piece.Found> found) {
        int start = ChineseDates.week(said, from);
        if (start < 0) return;
        List<DayOfWeek> days = new ArrayList<>();
        int at = start;
        int end = -1;
        while (at < said.size()) {
            DayOfWeek day = Names.hanWeekday(said.at(at).text());
            if (day == null || said.at(at).text().matches("[0-9]") && isClock(said, at)) break;
            if (isClock(said, at)) break;
            days.add(day);
            end = ++at;
            int to = to(said, at);
            DayOfWeek last =
                    to > 0 && to < said.size() ? Names.hanWeekday(said.at(to).text()) : null;
            if (last != null) {
                for (DayOfWeek next = day.plus(1); next != last; next = next.plus(1)) days.add(next);
                days.add(last);
                end = to + 1;
                break;
            }
            while (said.is(at, "、") || said.is(at, "和") || said.is(at, ",") || said.is(at, "跟")) at++;
            int week = ChineseDates.week(said, at);
            if (week > 0) at = week;
        }
        if (!days.isEmpty()) found.add(Piece.Found.of(end, new Piece.Weekly(List.copyOf(days))));
        else add(start, new Piece.Weekly(List.of()), found);
    }

    /** In 每周一三点 the 三 belongs to the hour. */
    private static boolean isClock(Utterance said, int at) {
        return said.is(at + 1, "点") || said.is(at + 1, ":") || said.is(at + 1, "时");
    }

    private static int to(Utterance said, int at) {
        if (!said.is(at, "到") && !said.is(at, "至")) return -1;
        int week = ChineseDates.week(said, at + 1);
        return week > 0 ? week : at + 1;
    }

    private static void interval(Utterance said, int at, List<Piece.Found> found) {
        if (said.is(at, "小")) add(said.afterHan(at, "小时"), new Piece.Interval(Duration.ofHours(1)), found);
        if (said.is(at, "分")) add(said.afterHan(at, "分钟"), new Piece.Interval(Duration.ofMinutes(1)), found);
        if (said.is(at, "秒")) add(at + 1, new Piece.Interval(Duration.ofSeconds(1)), found);
        Lengths.Length length = Lengths.chinese(said, at);
        if (length.end() > 0) EnglishRepeats.interval(length, found);
    }
}
