package ai.chela.contracts.tool;

import ai.chela.contracts.Check;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tool call that policy has allowed. It is run at most once, unless its tool is declared repeatable.
 *
 * @param callId id of the call; the result carries it again
 * @param tool the tool's name
 * @param args its arguments, checked by the runner against the tool's schema
 * @param language the language of the text in the result: {@code en} or {@code zh}
 * @param zone IANA zone of the person
 * @param deadline after this the runner does not start it and says so
 * @param approval code of the approval that allowed it, null when policy allowed it by itself
 */
public record ToolRequested(
        String callId,
        String tool,
        Map<String, Object> args,
        String language,
        String zone,
        Instant deadline,
        @Nullable String approval) {
    public ToolRequested {
        Check.text("callId", callId, 200);
        Check.text("tool", tool, 100);
        Check.text("language", language, 20);
        Check.text("zone", zone, 60);
        Check.present("deadline", deadline);
        args = Check.map(args);
    }
}
