package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Ask;
import ai.chela.agent.planner.grammar.Saying;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the pieces of a time expression into a {@link When}, or an {@link Ask} for what is missing or wrong, or nothing
 * when the pieces do not go together.
 *
 * <p>An hour said bare is in the morning from 7 to 11 and noon at 12; from 1 to 6 it is asked which half of the day is
 * meant. A day without a time of day means 09:00, which is noted. A time of day without a day is the next one ahead.
 * Local times that a change of the clocks skips move forward by the gap, those that happen twice are the first.
 */
final class Resolver {
    private static final LocalTime DEFAULT = LocalTime.of(9, 0);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int YEARS_AHEAD = 10;

    private final Instant now;
    private final ZoneId zone;
    private final LocalDateTime local;
    private final Pieces pieces;
    private final List<Saying> notes = new ArrayList<>();

    private Resolver(Pieces pieces, Instant now, ZoneId zone) {
        this.pieces = pieces;
        this.now = now;
        this.zone = zone;
        this.local = LocalDateTime.ofInstant(now, zone);
    }

    /** A {@link When} or an {@link Ask}; empty: these pieces say no time. */
    static Optional<Object> resolve(List<Piece> pieces, Instant now, ZoneId zone) {
        Pieces sorted = Pieces.of(pieces);
        if (sorted == null) return Optional.empty();
        return Optional.ofNullable(new Resolver(sorted, now, zone).resolve());
    }

    private @Nullable Object resolve() {
        if (pieces.unclear() != null) return pieces.unclear();
        Piece repeat = pieces.repeat();
        if (repeat == null) return pieces.until() == null ? once() : null;
        LocalDate until = pieces.until();
        if (until != null && until.isBefore(local.toLocalDate())) return Questions.endBeforeStart(until.toString());
        return repeated(repeat, until);
    }

    private @Nullable Object repeated(Piece repeat, @Nullable LocalDate until) {
        boolean timed = pieces.clock() != null || pieces.part() != null;
        if (pieces.distance() != null) return null;
        return switch (repeat) {
            case Piece.Interval(Duration length) -> {
                if (timed || pieces.day() != null) yield null;
                boolean fits = length.compareTo(Duration.ofSeconds(1)) >= 0 && length.compareTo(LONGEST) <= 0;
                yield fits ? when("every", Map.of("interval", length.toString()), until) : Questions.interval();
            }
            case Piece.Daily() -> pieces.day() != null ? null : at("daily", Map.of(), until);
            case Piece.Weekly(List<DayOfWeek> days) -> weekly(days, until);
            case Piece.Monthly(int day) -> monthly(day, until);
            case Piece.Cron(String expression) ->
                timed || pieces.day() != null ? null : when("cron", Map.of("expression", expression), until);
            case Piece.Distance _, Piece.Day _, Piece.Unclear _, Piece.Clock _, Piece.Part _, Piece.Until _ -> null;
        };
    }

    private @Nullable Object weekly(List<DayOfWeek> named, @Nullable LocalDate until) {
        Piece.Day day = pieces.day();
        List<DayOfWeek> days = named;
        if (day != null) {
            if (!named.isEmpty() || day.kind() != Piece.Named.WEEKDAY) return null;
            days = List.of(day.date().getDayOfWeek());
        }
        if (days.isEmpty()) return Questions.weekdayMissing();
        List<String> names =
                days.stream().distinct().sorted().map(DayOfWeek::name).toList();
        return at("weekly", Map.of("days", names), until);
    }

    private @Nullable Object monthly(int named, @Nullable LocalDate until) {
        Piece.Day day = pieces.day();
        if (day != null && (named != 0 || day.kind() != Piece.Named.DAY_OF_MONTH)) return null;
        int number = day != null ? day.date().getDayOfMonth() : named;
        if (number == 0) return Questions.monthDayMissing();
        return number < 0 ? at("month-end", Map.of(), until) : at("monthly", Map.of("day", number), until);
    }

    private Object at(String kind, Map<String, Object> rest, @Nullable LocalDate until) {
        Object time = timeOfDay();
        if (!(time instanceof LocalDateTime when)) return time;
        Map<String, Object> timing = new java.util.LinkedHashMap<>(rest);
        timing.put("time", when.toLocalTime().toString());
        return when(kind, timing, until);
    }

    private When when(String kind, Map<String, Object> rest, @Nullable LocalDate until) {
        Map<String, Object> timing = new java.util.LinkedHashMap<>();
        timing.put("kind", kind);
        timing.putAll(rest);
        return new When(java.util.Collections.unmodifiableMap(timing), until, List.copyOf(notes));
    }

    private @Nullable Object once() {
        Piece.Distance distance = pieces.distance();
        if (distance != null) return after(distance);
        if (pieces.day() == null && pieces.clock() == null) return null;
        Object time = timeOfDay();
        if (!(time instanceof LocalDateTime offset)) return time;
        Piece.Day day = pieces.day();
        return day == null ? nextAhead(offset) : on(day.date(), offset);
    }

    private @Nullable Object after(Piece.Distance distance) {
        if (pieces.day() != null) return null;
        boolean timed = pieces.clock() != null || pieces.part() != null;
        if (timed && !distance.clock().isZero()) return null;
        ZonedDateTime start = now.atZone(zone);
        if (distance.days().toTotalMonths() > 12 * YEARS_AHEAD
                || distance.days().getDays() > 366 * YEARS_AHEAD
                || distance.clock().toDays() > 366 * YEARS_AHEAD) return Questions.tooFar();
        ZonedDateTime due = start.plus(distance.days());
        if (timed) {
            Object time = timeOfDay();
            return time instanceof LocalDateTime offset ? on(due.toLocalDate(), offset) : time;
        }
        return once(due.plus(distance.clock()).toInstant());
    }

    private Object on(LocalDate date, LocalDateTime offset) {
        LocalDateTime due = date.atTime(offset.toLocalTime()).plusDays(offset.getDayOfYear() - 1L);
        Piece.Clock clock = pieces.clock();
        boolean midnight = clock != null && clock.hour() == 24 && pieces.part() == null;
        if (midnight && date.isAfter(local.toLocalDate()))
            return Questions.midnight(SHOWN.format(date.atStartOfDay()), SHOWN.format(due));
        Instant instant = due.atZone(zone).toInstant();
        if (!instant.isAfter(now)) return Questions.past(SHOWN.format(due), SHOWN.format(local));
        return date.isAfter(local.toLocalDate().plusYears(YEARS_AHEAD)) ? Questions.tooFar() : once(instant);
    }

    private Object nextAhead(LocalDateTime offset) {
        LocalDate today = local.toLocalDate();
        LocalDateTime due = today.atTime(offset.toLocalTime()).plusDays(offset.getDayOfYear() - 1L);
        if (due.atZone(zone).toInstant().isAfter(now))
            return once(due.atZone(zone).toInstant());
        Piece.Clock clock = pieces.clock();
        boolean open = clock != null && clock.open() && pieces.part() == null && clock.hour() < 12;
        LocalTime evening = offset.toLocalTime().plusHours(12);
        if (open && today.atTime(evening).isAfter(local))
            return Questions.passedOrLater(offset.toLocalTime().toString(), evening.toString());
        return once(due.plusDays(1).atZone(zone).toInstant());
    }

    private When once(Instant at) {
        return when("once", Map.of("at", at.toString()), null);
    }

    /** The time of day as an offset from the start of year 0 (24:00 is the second day), or an {@link Ask}. */
    private Object timeOfDay() {
        Piece.Clock clock = pieces.clock();
        DayPart part = pieces.part() == null ? null : pieces.part().part();
        if (clock == null && part == null) {
            notes.add(new Saying("No time of day was given: 09:00 is used.", "没有说几点，按 09:00 处理。"));
            return offset(DEFAULT.getHour(), 0);
        }
        if (clock == null) {
            int hour = part == null ? -1 : part.hour;
            if (hour < 0) return Questions.hourMissing();
            notes.add(new Saying(
                    "No exact time was given: %02d:00 is used.".formatted(hour),
                    "没有说具体几点，按 %02d:00 处理。".formatted(hour)));
            return offset(hour, 0);
        }
        if (part != null && (clock.open() || clock.hour() < 24)) {
            int hour = part.hour(clock.hour());
            return hour < 0 ? Questions.hourInPart(clock.hour()) : offset(hour, clock.minute());
        }
        if (clock.open() && clock.hour() < 7) return Questions.halfOfDay(clock.hour(), clock.minute());
        return offset(clock.hour(), clock.minute());
    }

    private static LocalDateTime offset(int hour, int minute) {
        return LocalDateTime.of(0, 1, 1, 0, 0).plusHours(hour).plusMinutes(minute);
    }
}
