package ai.chela.agent.planner;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message to plan.
 *
 * @param text as the person wrote it; more than 65,536 UTF-16 units are not planned
 * @param zone the person's time zone, in which times are read
 * @param language "en" or "zh": what the person prefers, used where the message itself does not tell
 * @param now the instant from which relative times count
 * @param holds facts for preconditions, of {@link #FACTS}
 * @param answerIn the language that the person has asked to be answered in, whatever she writes; null: that of the message
 */
public record Request(
        String text,
        ZoneId zone,
        String language,
        Instant now,
        Set<String> holds,
        @Nullable String answerIn) {
    /** Facts that a method may need: a memory was just recalled, an approval waits, a model or a trigger exists. */
    public static final Set<String> FACTS = Set.of("recalled-fact", "pending-approval", "model", "triggers");

    public Request {
        holds = Set.copyOf(holds);
    }

    /** Answered in the language of the message. */
    public Request(String text, ZoneId zone, String language, Instant now, Set<String> holds) {
        this(text, zone, language, now, holds, null);
    }
}
