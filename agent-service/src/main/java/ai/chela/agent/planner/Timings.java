package ai.chela.agent.planner;

import ai.chela.agent.planner.date.When;
import ai.chela.agent.planner.date.WhenReader;
import ai.chela.agent.planner.grammar.Utterance;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Times that a domain file states itself, such as "in 15 minutes". */
final class Timings {
    private Timings() {}

    static boolean readable(String text, Instant now, ZoneId zone) {
        return read(text, now, zone) != null;
    }

    /** Null when {@code text} as a whole is no clear time. */
    static @Nullable When read(String text, Instant now, ZoneId zone) {
        Utterance said = Utterance.of(text);
        for (WhenReader.Read read : new WhenReader(said, now, zone).when(0))
            if (read.end() == said.size() && read.value() instanceof When when) return when;
        return null;
    }
}
