package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Saying;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resolved time.
 *
 * @param timing the JSON of a timing as the contracts write it
 * @param until last date on which it may fire; null: no end
 * @param notes what was assumed, to be told to the person
 */
public record When(Map<String, Object> timing, @Nullable LocalDate until, List<Saying> notes) {}
