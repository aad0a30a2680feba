package ai.chela.scheduler.due;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recurring times on a calendar without zones. */
final class LocalTimes {
    private LocalTimes() {}

    /** The first time strictly after another; null when there is none. */
    @FunctionalInterface
    interface Following {
        @Nullable
        LocalDateTime after(LocalDateTime from);
    }

    static LocalDateTime daily(LocalTime time, LocalDateTime from) {
        LocalDateTime today = from.toLocalDate().atTime(millis(time));
        return today.isAfter(from) ? today : today.plusDays(1);
    }

    static LocalDateTime weekly(List<DayOfWeek> days, LocalTime time, LocalDateTime from) {
        LocalDateTime at = daily(time, from);
        while (!days.contains(at.getDayOfWeek())) at = at.plusDays(1);
        return at;
    }

    /** Months without that day are skipped. */
    static LocalDateTime monthly(int day, LocalTime time, LocalDateTime from) {
        YearMonth month = YearMonth.from(from);
        while (true) {
            if (month.isValidDay(day)) {
                LocalDateTime at = month.atDay(day).atTime(millis(time));
                if (at.isAfter(from)) return at;
            }
            month = month.plusMonths(1);
        }
    }

    static LocalDateTime monthEnd(LocalTime time, LocalDateTime from) {
        LocalDate last = YearMonth.from(from).atEndOfMonth();
        LocalDateTime at = last.atTime(millis(time));
        return at.isAfter(from)
                ? at
                : YearMonth.from(last).plusMonths(1).atEndOfMonth().atTime(millis(time));
    }

    private static LocalTime millis(LocalTime time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
