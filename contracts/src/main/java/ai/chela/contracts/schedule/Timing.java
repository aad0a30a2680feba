package ai.chela.contracts.schedule;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;

/** When something is due. Times of day are in the trigger's own zone. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Timing.Once.class, name = "once"),
    @JsonSubTypes.Type(value = Timing.Every.class, name = "every"),
    @JsonSubTypes.Type(value = Timing.Daily.class, name = "daily"),
    @JsonSubTypes.Type(value = Timing.Weekly.class, name = "weekly"),
    @JsonSubTypes.Type(value = Timing.Monthly.class, name = "monthly"),
    @JsonSubTypes.Type(value = Timing.MonthEnd.class, name = "month-end"),
    @JsonSubTypes.Type(value = Timing.Cron.class, name = "cron")
})
public sealed interface Timing {
    record Once(Instant at) implements Timing {
        public Once {
            Check.present("at", at);
        }
    }

    /** First after one interval from creation; at least one second, at most 366 days. */
    record Every(Duration interval) implements Timing {
        public Every {
            Check.present("interval", interval);
            if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(Duration.ofDays(366)) > 0)
                throw new IllegalArgumentException("interval: from 1 second to 366 days");
        }
    }

    record Daily(LocalTime time) implements Timing {
        public Daily {
            Check.present("time", time);
        }
    }

    record Weekly(List<DayOfWeek> days, LocalTime time) implements Timing {
        public Weekly {
            days = Check.list("days", days).stream().distinct().sorted().toList();
            if (days.isEmpty()) throw new IllegalArgumentException("days: empty");
            Check.present("time", time);
        }
    }

    /** {@code day} from 1 to 31; a month without that day is skipped. */
    record Monthly(int day, LocalTime time) implements Timing {
        public Monthly {
            if (day < 1 || day > 31) throw new IllegalArgumentException("day: from 1 to 31");
            Check.present("time", time);
        }
    }

    /** The last day of each month. */
    record MonthEnd(LocalTime time) implements Timing {
        public MonthEnd {
            Check.present("time", time);
        }
    }

    /** A Unix cron expression of five fields. */
    record Cron(String expression) implements Timing {
        public Cron {
            Check.text("expression", expression, 200);
        }
    }
}
