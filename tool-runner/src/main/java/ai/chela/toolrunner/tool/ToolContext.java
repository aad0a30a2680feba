package ai.chela.toolrunner.tool;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What a tool may know about the call.
 *
 * @param language of the text in the result
 * @param zone of the person who asked
 * @param clock the time; a tool asks no other clock
 * @param deadline when the tool must have ended, already cut to the tool's own limit
 */
public record ToolContext(Language language, ZoneId zone, Clock clock, Instant deadline) {

    /** A text in the language of the call. */
    public String say(String en, String zh) {
        return new Said(en, zh).in(language);
    }
}
