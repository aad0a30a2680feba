package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Ask;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;

/** One part of a time expression as it was said: "tomorrow", "at 9", "every Monday". */
sealed interface Piece {
    /** A distance from now; clock units and calendar units are kept apart (a day is not always 24 hours). */
    record Distance(Period days, Duration clock) implements Piece {}

    /** A calendar day; {@code kind} says how it was named. */
    record Day(LocalDate date, Named kind) implements Piece {}

    /** A day that cannot be, or can be two: what to ask. */
    record Unclear(Ask ask) implements Piece {}

    /** A time of day; an open hour was said without am, pm, minutes or a leading zero. */
    record Clock(int hour, int minute, boolean open) implements Piece {}

    record Part(DayPart part) implements Piece {}

    /** Every so long. */
    record Interval(Duration length) implements Piece {}

    record Daily() implements Piece {}

    /** Named weekdays; empty: the day is said elsewhere ("every week on Monday"). */
    record Weekly(List<DayOfWeek> days) implements Piece {}

    /** A day of the month; 0: said elsewhere; -1: the last. */
    record Monthly(int day) implements Piece {}

    record Cron(String expression) implements Piece {}

    record Until(Piece day) implements Piece {}

    enum Named {
        WEEKDAY,
        DAY_OF_MONTH,
        DATE
    }

    /** Pieces that were found, and the position after them. */
    record Found(int end, List<Piece> pieces) {
        static Found of(int end, Piece... pieces) {
            return new Found(end, List.of(pieces));
        }
    }
}
