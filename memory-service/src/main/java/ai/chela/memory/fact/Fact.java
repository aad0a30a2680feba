package ai.chela.memory.fact;

import ai.chela.contracts.memory.Provenance;
import ai.chela.contracts.memory.RecalledFact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a memory, decrypted.
 *
 * @param root id of the first version
 * @param handle the number in {@code m-12}; all versions share it
 * @param text exactly as it was said, or what a correction made of it
 * @param speaker id of the person who said it
 * @param saidBy her name at that time
 * @param conversation id of the conversation, empty where there was none
 * @param corrects the text before the last correction, null when never corrected
 * @param standing what it came from and how it is kept
 */
public record Fact(
        String id,
        String root,
        long handle,
        Scope scope,
        String text,
        String speaker,
        String saidBy,
        String conversation,
        Instant saidAt,
        @Nullable String corrects,
        Standing standing) {
    /** A person's own word, kept like any other. */
    public Fact(
            String id,
            String root,
            long handle,
            Scope scope,
            String text,
            String speaker,
            String saidBy,
            String conversation,
            Instant saidAt,
            @Nullable String corrects) {
        this(id, root, handle, scope, text, speaker, saidBy, conversation, saidAt, corrects, Standing.said(saidAt));
    }

    /** The form that travels. */
    public RecalledFact shown(double score) {
        return new RecalledFact(id, shownHandle(), text, saidBy, saidAt, scope.shown(), score, corrects, provenance());
    }

    /** As people write it: {@code m-12}. */
    public String shownHandle() {
        return "m-" + handle;
    }

    private Provenance provenance() {
        return new Provenance(
                standing.trust(),
                standing.origin(),
                standing.preference(),
                conversation.isEmpty() ? null : conversation,
                standing.validFrom(),
                standing.validTo(),
                standing.pinned(),
                standing.disputed(),
                standing.expiresAt(),
                standing.tags());
    }

    /** The same, kept otherwise. */
    public Fact with(Standing other) {
        return new Fact(id, root, handle, scope, text, speaker, saidBy, conversation, saidAt, corrects, other);
    }

    @Override
    public String toString() {
        return "Fact[" + id + "]";
    }
}
