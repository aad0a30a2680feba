package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One memory as it is shown.
 *
 * @param id unique within the tenant
 * @param handle short form for people, e.g. {@code m-12}, unique within the tenant
 * @param text the sentence as it was said
 * @param saidBy name of the person who said it
 * @param saidAt when
 * @param scope {@code person} (only who said it) or {@code tenant} (told in a room)
 * @param score how well it fits the question, from 0 to 1; 0 in lists
 * @param corrects what the sentence was before the last correction, null when never corrected
 * @param provenance what it came from and how it is kept, null from a service of an earlier version
 */
public record RecalledFact(
        String id,
        String handle,
        String text,
        String saidBy,
        Instant saidAt,
        String scope,
        double score,
        @Nullable String corrects,
        @Nullable Provenance provenance) {
    public RecalledFact {
        Check.text("id", id, 100);
        Check.text("handle", handle, 40);
        Check.present("text", text);
        Check.present("saidBy", saidBy);
        Check.present("saidAt", saidAt);
        Check.text("scope", scope, 20);
    }

    /** As an earlier version wrote it. */
    public RecalledFact(
            String id,
            String handle,
            String text,
            String saidBy,
            Instant saidAt,
            String scope,
            double score,
            @Nullable String corrects) {
        this(id, handle, text, saidBy, saidAt, scope, score, corrects, null);
    }
}
