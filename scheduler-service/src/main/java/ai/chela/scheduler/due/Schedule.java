package ai.chela.scheduler.due;

import ai.chela.contracts.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A timing in its zone, and the calculation of its due times. Pure: the same question has the same answer.
 *
 * <p>Times of day are local. One that does not exist, because the clocks go forward over it, is due as much later as the
 * gap is long (02:30 becomes 03:30); one that exists twice is due at its first. Only a cron line whose hour field begins
 * with {@code *} is due in both passes of a repeated hour, because it says "every hour" and not "at an hour". All times
 * are whole milliseconds, so that a stored due time is the calculated one.
 *
 * @param until the last local date on which it may be due; null: no end
 * @param anchor when it was made: what an interval counts from
 */
public record Schedule(Timing timing, ZoneId zone, @Nullable LocalDate until, Instant anchor) {
    /** Further than that nothing is planned; a calendar has no surprises before, a database has room for it. */
    private static final Duration HORIZON = Duration.ofDays(100 * 366L);

    /** Missed times are counted up to this, so that a minute's cron line after a year away costs no time. */
    private static final int MISSED_AT_MOST = 1_000;

    public Schedule {
        anchor = anchor.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The first due time.
     *
     * @return null when there is none
     */
    public @Nullable Instant first() {
        return timing instanceof Timing.Once once ? within(once.at().truncatedTo(ChronoUnit.MILLIS)) : next(anchor);
    }

    /**
     * The first due time strictly after {@code after}.
     *
     * @return null when there is none, before {@code until} or at all
     */
    public @Nullable Instant next(Instant after) {
        Instant next = switch (timing) {
            case Timing.Once once -> once(once.at().truncatedTo(ChronoUnit.MILLIS), after);
            case Timing.Every every -> tick(every.interval().toMillis(), after);
            case Timing.Daily(var time) -> local(after, from -> LocalTimes.daily(time, from));
            case Timing.Weekly(var days, var time) -> local(after, from -> LocalTimes.weekly(days, time, from));
            case Timing.Monthly(var day, var time) -> local(after, from -> LocalTimes.monthly(day, time, from));
            case Timing.MonthEnd(var time) -> local(after, from -> LocalTimes.monthEnd(time, from));
            case Timing.Cron(var expression) -> cron(CronLine.parse(expression), after);
        };
        return next == null ? null : within(next);
    }

    /** At most {@code count} due times strictly after {@code after}, soonest first. */
    public List<Instant> upcoming(Instant after, int count) {
        List<Instant> times = new ArrayList<>(count);
        for (Instant at = next(after); at != null && times.size() < count; at = next(at)) times.add(at);
        return times;
    }

    /**
     * What is owed when the due time {@code due} has not been served by {@code now}.
     *
     * @param due a due time, not after {@code now}
     */
    public Owed owed(Instant due, Instant now) {
        if (timing instanceof Timing.Every every) {
            long step = every.interval().toMillis();
            long skipped = Duration.between(due, now).toMillis() / step;
            Instant newest = due.plusMillis(skipped * step);
            if (within(newest) != null) return new Owed(newest, (int) Math.min(skipped, MISSED_AT_MOST), next(newest));
        }
        Instant newest = due;
        int missed = 0;
        Instant next = next(due);
        while (next != null && !next.isAfter(now) && missed < MISSED_AT_MOST) {
            newest = next;
            missed++;
            next = next(newest);
        }
        return new Owed(newest, missed, next != null && !next.isAfter(now) ? next(now) : next);
    }

    /**
     * @param newest the latest due time that has passed: the one that fires
     * @param missed how many before it are skipped, from 0 to 1,000; 1,000 means "or more"
     * @param next the next regular one, null when that was the last
     */
    public record Owed(Instant newest, int missed, @Nullable Instant next) {}

    private @Nullable Instant within(Instant at) {
        if (at.isAfter(anchor.plus(HORIZON))) return null;
        if (until == null) return at;
        return at.atZone(zone).toLocalDate().isAfter(until) ? null : at;
    }

    private static @Nullable Instant once(Instant at, Instant after) {
        return at.isAfter(after) ? at : null;
    }

    private Instant tick(long step, Instant after) {
        long passed = Math.max(0, Math.floorDiv(Duration.between(anchor, after).toMillis(), step));
        return anchor.plusMillis((passed + 1) * step);
    }

    private @Nullable Instant local(Instant after, LocalTimes.Following following) {
        LocalDateTime from = after.atZone(zone).toLocalDateTime();
        // A gap moves a time forward, so that an earlier local time may still be ahead: begin a day before.
        LocalDateTime candidate = following.after(from.minusDays(1));
        while (candidate != null) {
            Instant at = candidate.atZone(zone).toInstant();
            if (at.isAfter(after)) return at;
            candidate = following.after(candidate);
        }
        return null;
    }

    private @Nullable Instant cron(CronLine line, Instant after) {
        Instant single = cronOnce(line, after);
        if (!line.everyHour()) return single;
        var transition = zone.getRules().nextTransition(after);
        var previous = zone.getRules().previousTransition(after.plusNanos(1));
        Instant again = null;
        if (previous != null && previous.isOverlap()) again = secondPass(line, previous, after);
        if (again == null && transition != null && transition.isOverlap()) again = secondPass(line, transition, after);
        return again == null ? single : earlier(again, single);
    }

    /** The next time within the repeated stretch of an overlap, told by the offset after it. */
    private static @Nullable Instant secondPass(CronLine line, ZoneOffsetTransition overlap, Instant after) {
        LocalDateTime from = overlap.getDateTimeAfter().minusNanos(1);
        LocalDateTime reached = LocalDateTime.ofInstant(after, overlap.getOffsetAfter());
        LocalDateTime next = line.after(reached.isAfter(from) ? reached : from);
        if (next == null || !next.isBefore(overlap.getDateTimeBefore())) return null;
        return next.toInstant(overlap.getOffsetAfter());
    }

    private @Nullable Instant cronOnce(CronLine line, Instant after) {
        LocalDateTime candidate = line.after(cronStart(after));
        while (candidate != null) {
            Instant at = candidate.atZone(zone).toInstant();
            if (at.isAfter(after)) return earlier(at, behindGap(line, candidate, after));
            candidate = line.after(candidate);
        }
        return null;
    }

    /** What a gap moved forward may have overtaken a time that exists, where the gap is shorter than an hour. */
    private @Nullable Instant behindGap(CronLine line, LocalDateTime candidate, Instant after) {
        var gap = zone.getRules().getTransition(candidate);
        if (gap == null || !gap.isGap()) return null;
        LocalDateTime from = gap.getDateTimeAfter().minusNanos(1);
        LocalDateTime reached = after.atZone(zone).toLocalDateTime();
        LocalDateTime behind = line.after(reached.isAfter(from) ? reached : from);
        return behind == null ? null : behind.atZone(zone).toInstant();
    }

    private static Instant earlier(Instant a, @Nullable Instant b) {
        return b != null && b.isBefore(a) ? b : a;
    }

    /** Right after a gap the times that it swallowed are still ahead; else counting goes on from the local time. */
    private LocalDateTime cronStart(Instant after) {
        LocalDateTime local = after.atZone(zone).toLocalDateTime();
        var previous = zone.getRules().previousTransition(after.plusNanos(1));
        if (previous == null || !previous.isGap()) return local;
        Duration since = Duration.between(previous.getInstant(), after);
        return since.compareTo(previous.getDuration()) < 0 ? local.minus(previous.getDuration()) : local;
    }
}
