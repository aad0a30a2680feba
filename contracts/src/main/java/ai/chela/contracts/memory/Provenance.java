package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a memory comes from and how it is kept.
 *
 * @param trust from 0 to 1; 1 is a person's own word. Never more than that of what it came from
 * @param preference whether it says how the person wants things done
 * @param conversation id of the conversation in which it was said, null where there was none
 * @param validFrom since when it holds
 * @param validTo until when it held, null while it holds
 * @param pinned kept as it is: neither decays nor is merged by the nightly review
 * @param disputed another memory says otherwise, and no person has settled it yet
 * @param expiresAt when it is forgotten by itself, null for never
 * @param tags words that the person filed it under
 */
public record Provenance(
        double trust,
        MemoryOrigin origin,
        boolean preference,
        @Nullable String conversation,
        Instant validFrom,
        @Nullable Instant validTo,
        boolean pinned,
        boolean disputed,
        @Nullable Instant expiresAt,
        List<String> tags) {
    public Provenance {
        if (!(trust >= 0 && trust <= 1)) throw new IllegalArgumentException("trust: from 0 to 1");
        Check.present("origin", origin);
        Check.optional("conversation", conversation, 500);
        Check.present("validFrom", validFrom);
        tags = Check.list("tags", tags);
        for (String tag : tags) Check.text("tags", tag, 50);
    }
}
