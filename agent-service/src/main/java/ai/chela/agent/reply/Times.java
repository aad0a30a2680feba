package ai.chela.agent.reply;

import ai.chela.contracts.schedule.Timing;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Times as people read them: always absolute, always with their zone. */
final class Times {
    private static final DateTimeFormatter ENGLISH =
            DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu 'at' HH:mm:ss", Locale.ENGLISH);
    /** Chinese names are our own: the JDK's are not in every native executable. */
    private static final Map<Long, String> WEEK =
            Map.of(1L, "星期一", 2L, "星期二", 3L, "星期三", 4L, "星期四", 5L, "星期五", 6L, "星期六", 7L, "星期日");

    private static final DateTimeFormatter CHINESE = new DateTimeFormatterBuilder()
            .appendPattern("uuuu年M月d日 ")
            .appendText(ChronoField.DAY_OF_WEEK, WEEK)
            .appendPattern(" HH:mm:ss")
            .toFormatter(Locale.ROOT);
    private static final List<DayOfWeek> WEEKDAYS =
            List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);

    private Times() {}

    static String english(Instant at, ZoneId zone) {
        return whole(ENGLISH.format(at.atZone(zone))) + " (" + zone.getId() + ")";
    }

    static String chinese(Instant at, ZoneId zone) {
        return whole(CHINESE.format(at.atZone(zone))) + "（" + zone.getId() + "）";
    }

    /** Seconds are only shown when there are any. */
    private static String whole(String time) {
        return time.endsWith(":00") ? time.substring(0, time.length() - 3) : time;
    }

    static String english(Timing timing, ZoneId zone) {
        return switch (timing) {
            case Timing.Once(Instant at) -> "once, on " + english(at, zone);
            case Timing.Every(Duration interval) -> "every " + english(interval);
            case Timing.Daily(LocalTime time) -> "every day at " + time;
            case Timing.Weekly(List<DayOfWeek> days, LocalTime time) ->
                days.equals(WEEKDAYS)
                        ? "every weekday (Monday to Friday) at " + time
                        : "every " + names(days, day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH), ", ")
                                + " at " + time;
            case Timing.Monthly(int day, LocalTime time) -> "on day " + day + " of every month at " + time;
            case Timing.MonthEnd(LocalTime time) -> "on the last day of every month at " + time;
            case Timing.Cron(String expression) -> "by cron \"" + expression + "\"";
        };
    }

    static String chinese(Timing timing, ZoneId zone) {
        return switch (timing) {
            case Timing.Once(Instant at) -> "一次，" + chinese(at, zone);
            case Timing.Every(Duration interval) -> "每隔" + chinese(interval);
            case Timing.Daily(LocalTime time) -> "每天 " + time;
            case Timing.Weekly(List<DayOfWeek> days, LocalTime time) ->
                days.equals(WEEKDAYS)
                        ? "每个工作日（周一至周五）" + time
                        : "每" + names(days, day -> WEEK.get((long) day.getValue()), "、") + " " + time;
            case Timing.Monthly(int day, LocalTime time) -> "每月" + day + "日 " + time;
            case Timing.MonthEnd(LocalTime time) -> "每月最后一天 " + time;
            case Timing.Cron(String expression) -> "按 cron “" + expression + "”";
        };
    }

    private static String names(List<DayOfWeek> days, Function<DayOfWeek, @Nullable String> name, String separator) {
        return days.stream().map(name).collect(Collectors.joining(separator));
    }

    static String english(Duration duration) {
        StringBuilder text = new StringBuilder();
        part(text, duration.toDaysPart(), " day", "s");
        part(text, duration.toHoursPart(), " hour", "s");
        part(text, duration.toMinutesPart(), " minute", "s");
        part(text, duration.toSecondsPart(), " second", "s");
        return text.isEmpty() ? "0 seconds" : text.toString();
    }

    static String chinese(Duration duration) {
        StringBuilder text = new StringBuilder();
        part(text, duration.toDaysPart(), "天", null);
        part(text, duration.toHoursPart(), "小时", null);
        part(text, duration.toMinutesPart(), "分钟", null);
        part(text, duration.toSecondsPart(), "秒", null);
        return text.isEmpty() ? "0秒" : text.toString();
    }

    private static void part(StringBuilder text, long count, String unit, @Nullable String plural) {
        if (count == 0) return;
        if (!text.isEmpty() && plural != null) text.append(' ');
        text.append(count).append(unit);
        if (count > 1 && plural != null) text.append(plural);
    }

    static String until(@Nullable LocalDate until, String before) {
        return until == null ? "" : before + until;
    }
}
