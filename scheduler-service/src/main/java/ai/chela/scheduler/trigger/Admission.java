package ai.chela.scheduler.trigger;

import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.Timing;
import ai.chela.scheduler.due.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Whether a reminder can be made, and when it is first due. */
public sealed interface Admission {
    /**
     * A time that is past by less than this counts as now: between "in 1 second" and the moment when the request is
     * written, a turn may have been taken over by another instance.
     */
    Duration JUST_NOW = Duration.ofSeconds(5);

    /** It can be made; {@code firstDue} may be past when the request waited for this service. */
    record Admitted(Instant firstDue) implements Admission {}

    record Refused(Refusal why) implements Admission {}

    /**
     * Decides.
     *
     * @param askedAt when the request was written; not now, so that what waited for this service fires late instead of
     *     being refused
     */
    static Admission of(ScheduleRequested.Remind remind, Instant askedAt) {
        Refusal zone = zone(remind.zone(), remind.language());
        if (zone != null) return new Refused(zone);
        Schedule schedule = new Schedule(remind.timing(), ZoneId.of(remind.zone()), remind.until(), millis(askedAt));
        if (remind.timing() instanceof Timing.Once(var at) && at.isBefore(askedAt.minus(JUST_NOW)))
            return new Refused(past(remind, at));
        try {
            Instant first = schedule.first();
            return first == null ? new Refused(never(remind)) : new Admitted(first);
        } catch (IllegalArgumentException e) {
            return new Refused(unreadable(remind, e));
        }
    }

    /** Null when the zone exists. */
    static @Nullable Refusal zone(String zone, String language) {
        try {
            ZoneId.of(zone);
            return null;
        } catch (DateTimeException _) {
            return Refusal.of(
                    "schedule.zone",
                    language,
                    "There is no time zone named \"%s\". Use a name such as Europe/Berlin or Asia/Shanghai.",
                    "没有名为“%s”的时区。请使用 Europe/Berlin 或 Asia/Shanghai 这样的名称。",
                    zone);
        }
    }

    /** What due times are counted in. */
    static Instant millis(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Refusal past(ScheduleRequested.Remind remind, Instant at) {
        return Refusal.of(
                "schedule.past",
                remind.language(),
                "%s (%s) is past. Give a time that is still to come.",
                "%s（%s）已经过去了。请给出将来的时间。",
                at.isBefore(Instant.EPOCH)
                        ? at
                        : at.atZone(ZoneId.of(remind.zone()))
                                .toLocalDateTime()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()
                                .replace('T', ' '),
                remind.zone());
    }

    private static Refusal never(ScheduleRequested.Remind remind) {
        if (remind.until() != null)
            return Refusal.of(
                    "schedule.never",
                    remind.language(),
                    "It would never be due: the first time is after the last date, %s.",
                    "它永远不会触发：第一次的时间在截止日期 %s 之后。",
                    remind.until());
        return Refusal.of(
                "schedule.never",
                remind.language(),
                "It would never be due within the next 100 years.",
                "在未来 100 年内它永远不会触发。");
    }

    private static Refusal unreadable(ScheduleRequested.Remind remind, IllegalArgumentException e) {
        return Refusal.of(
                "schedule.never",
                remind.language(),
                "The cron line cannot be read (%s). It has five fields: minute, hour, day of month, month, day of week.",
                "无法读取该 cron 表达式（%s）。它有五个字段：分、时、日、月、星期。",
                String.valueOf(e.getMessage()));
    }
}
