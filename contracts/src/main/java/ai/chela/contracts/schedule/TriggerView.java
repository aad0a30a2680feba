package ai.chela.contracts.schedule;

import ai.chela.contracts.Check;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as it is shown.
 *
 * @param handle short, e.g. {@code t-7}, unique within the tenant
 * @param kind {@code remind}, {@code ask}, {@code do} or {@code watch}
 * @param text what it says, or the URL that it watches
 * @param timing when it is due; null for a watch
 * @param interval of a watch; null otherwise
 * @param state {@code active}, {@code paused}, {@code finished}, {@code cancelled}
 * @param next the next times, at most three, soonest first; empty when paused or finished
 * @param conversation where it speaks
 * @param owner id of the person that it acts for
 */
public record TriggerView(
        String handle,
        String kind,
        String text,
        @Nullable Timing timing,
        @Nullable Duration interval,
        @Nullable LocalDate until,
        String zone,
        String state,
        List<Instant> next,
        String conversation,
        String owner) {
    public TriggerView {
        Check.text("handle", handle, 40);
        Check.text("kind", kind, 20);
        Check.present("text", text);
        Check.text("zone", zone, 60);
        Check.text("state", state, 20);
        Check.text("conversation", conversation, 300);
        Check.text("owner", owner, 100);
        next = Check.listOrEmpty("next", next);
    }
}
