package ai.chela.agent.operation;

import ai.chela.agent.planner.date.When;
import ai.chela.agent.planner.date.WhenReader;
import ai.chela.agent.planner.grammar.Utterance;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Single moments, from what a person wrote or a plan holds. */
public final class Moments {
    private Moments() {}

    /** The moment that a text names and nothing else ("in 30 days", 明天下午三点); null when it names none. */
    public static @Nullable Instant read(String text, Instant now, ZoneId zone) {
        Utterance said = Utterance.of(text);
        for (WhenReader.Read read : new WhenReader(said, now, zone).when(0))
            if (read.end() == said.size() && read.value() instanceof When when) return once(when.timing());
        for (WhenReader.Read read : new WhenReader(said, now, zone).date(0))
            if (read.end() == said.size() && read.value() instanceof LocalDate date)
                return date.plusDays(1).atStartOfDay(zone).toInstant();
        return null;
    }

    /** The moment of a timing that comes once; null for one that repeats. */
    static @Nullable Instant once(Map<?, ?> timing) {
        if (!"once".equals(timing.get("kind"))) return null;
        return Instant.parse(String.valueOf(timing.get("at")));
    }

    /**
     * The last moment of a day that was: a day without a year is read as the one ahead, and looking back means the one before.
     *
     * @param date such as 2026-03-01
     * @throws IllegalArgumentException when it is no date
     */
    static Instant endOfPast(String date, Instant now, ZoneId zone) {
        try {
            LocalDate day = LocalDate.parse(date);
            LocalDate past = day.isAfter(LocalDate.ofInstant(now, zone)) ? day.minusYears(1) : day;
            return past.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("at: a date such as 2026-03-01", e);
        }
    }
}
