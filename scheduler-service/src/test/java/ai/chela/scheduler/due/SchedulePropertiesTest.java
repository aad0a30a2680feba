package ai.chela.scheduler.due;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.contracts.schedule.Timing;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Schedules that are generated, against a slow calculation that looks at every day, or every minute, one by one. */
class SchedulePropertiesTest {
    /** Gaps and overlaps of an hour and of half an hour, at night and at midnight, in both hemispheres, and none. */
    private static final List<ZoneId> ZONES = Stream.of(
                    "Europe/Berlin",
                    "America/New_York",
                    "America/Sao_Paulo",
                    "Australia/Lord_Howe",
                    "Asia/Shanghai",
                    "Pacific/Apia",
                    "Africa/Cairo",
                    "Asia/Kathmandu",
                    "UTC")
            .map(ZoneId::of)
            .toList();

    private record Case(Timing timing, ZoneId zone, Instant from) {}

    @TestFactory
    Stream<DynamicTest> times_of_day_are_what_a_calendar_says() {
        Random random = new Random(7);
        return Stream.generate(() -> new Case(timing(random), zone(random), from(random)))
                .limit(400)
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> assertEquals(byDays(c), calculated(c))));
    }

    @TestFactory
    Stream<DynamicTest> cron_lines_are_what_a_clock_says() {
        Random random = new Random(8);
        return Stream.generate(() -> new Case(cron(random), zone(random), aroundTransition(random)))
                .limit(120)
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> assertEquals(byMinutes(c), calculated(c))));
    }

    private static List<Instant> calculated(Case c) {
        return new Schedule(c.timing(), c.zone(), null, c.from()).upcoming(c.from(), 8);
    }

    private static List<Instant> byDays(Case c) {
        TreeSet<Instant> due = new TreeSet<>();
        LocalDate day = c.from().atZone(c.zone()).toLocalDate().minusDays(2);
        while (due.size() < 8 + 3) {
            if (isOn(c.timing(), day)) {
                Instant at = day.atTime(time(c.timing())).atZone(c.zone()).toInstant();
                if (at.isAfter(c.from())) due.add(at);
            }
            day = day.plusDays(1);
        }
        return due.stream().limit(8).toList();
    }

    private static boolean isOn(Timing timing, LocalDate day) {
        return switch (timing) {
            case Timing.Daily _ -> true;
            case Timing.Weekly weekly -> weekly.days().contains(day.getDayOfWeek());
            case Timing.Monthly monthly -> day.getDayOfMonth() == monthly.day();
            case Timing.MonthEnd _ -> day.equals(YearMonth.from(day).atEndOfMonth());
            case Timing.Once _, Timing.Every _, Timing.Cron _ -> throw new AssertionError("has no days");
        };
    }

    private static LocalTime time(Timing timing) {
        return switch (timing) {
            case Timing.Daily(var time) -> time;
            case Timing.Weekly weekly -> weekly.time();
            case Timing.Monthly monthly -> monthly.time();
            case Timing.MonthEnd(var time) -> time;
            case Timing.Once _, Timing.Every _, Timing.Cron _ -> throw new AssertionError("has no time");
        };
    }

    /**
     * Every minute of the local clock for a line at named hours; every minute that passes for a line for every hour, and
     * those that a gap swallows as much later.
     */
    private static List<Instant> byMinutes(Case c) {
        Timing.Cron cron = (Timing.Cron) c.timing();
        String[] fields = cron.expression().split(" ");
        TreeSet<Instant> due = new TreeSet<>();
        LocalDateTime local = c.from()
                .atZone(c.zone())
                .toLocalDateTime()
                .minusDays(1)
                .withSecond(0)
                .withNano(0);
        for (int minute = 0; minute < 60 * 24 * 20; minute++, local = local.plusMinutes(1)) {
            if (!in(fields[0], local.getMinute()) || !in(fields[1], local.getHour())) continue;
            ZonedDateTime at = local.atZone(c.zone());
            due.add(at.toInstant());
            if (fields[1].startsWith("*")) due.add(at.withLaterOffsetAtOverlap().toInstant());
        }
        return new ArrayList<>(due.tailSet(c.from(), false)).stream().limit(8).toList();
    }

    private static boolean in(String field, int value) {
        if (field.equals("*")) return true;
        if (field.startsWith("*/")) return value % Integer.parseInt(field.substring(2)) == 0;
        return Stream.of(field.split(",")).anyMatch(part -> Integer.parseInt(part) == value);
    }

    private static Timing timing(Random random) {
        LocalTime time = LocalTime.of(random.nextInt(24), random.nextInt(4) * 15);
        return switch (random.nextInt(4)) {
            case 0 -> new Timing.Daily(time);
            case 1 ->
                new Timing.Weekly(random.ints(3, 1, 8).mapToObj(DayOfWeek::of).toList(), time);
            case 2 -> new Timing.Monthly(1 + random.nextInt(31), time);
            default -> new Timing.MonthEnd(time);
        };
    }

    private static Timing cron(Random random) {
        String minute = List.of("0", "15", "30", "10,40", "*/20", "59").get(random.nextInt(6));
        String hour = List.of("*", "*/2", "2", "0", "1,2,3", "3", "23").get(random.nextInt(7));
        return new Timing.Cron(minute + " " + hour + " * * *");
    }

    private static ZoneId zone(Random random) {
        return ZONES.get(random.nextInt(ZONES.size()));
    }

    private static Instant from(Random random) {
        return Instant.parse("2005-01-01T00:00:00Z")
                .plusSeconds(random.nextLong(Duration.ofDays(365 * 30).toSeconds()));
    }

    /** Within hours of a change of some zone's clocks, which is where mistakes are. */
    private static Instant aroundTransition(Random random) {
        var transition = zone(random).getRules().nextTransition(from(random));
        Instant base = transition == null ? from(random) : transition.getInstant();
        return base.plusSeconds(random.nextLong(60 * 60 * 8) - 60 * 60 * 5);
    }
}
