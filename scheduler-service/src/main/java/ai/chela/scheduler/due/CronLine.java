package ai.chela.scheduler.due;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** A Unix cron line of five fields, on a calendar without zones: daylight saving is {@link Schedule}'s concern. */
final class CronLine {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final boolean everyHour;

    private CronLine(ExecutionTime times, boolean everyHour) {
        this.times = times;
        this.everyHour = everyHour;
    }

    /**
     * @throws IllegalArgumentException when it is none; the message says what is wrong with it
     */
    static CronLine parse(String expression) {
        String line = expression.strip();
        boolean everyHour = line.split("\\s+").length > 1 && line.split("\\s+")[1].startsWith("*");
        return new CronLine(ExecutionTime.forCron(PARSER.parse(line)), everyHour);
    }

    /** Whether the hour field begins with {@code *}: such a line counts hours that pass, not hours of the day. */
    boolean everyHour() {
        return everyHour;
    }

    /** The first time strictly after {@code from}; null when there is none. */
    @Nullable
    LocalDateTime after(LocalDateTime from) {
        return times.nextExecution(from.atZone(ZoneOffset.UTC))
                .map(ZonedDateTime::toLocalDateTime)
                .orElse(null);
    }
}
