package ai.chela.memory.fact;

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
        @Nullable String corrects) {
    /** The form that travels. */
    public RecalledFact shown(double score) {
        return new RecalledFact(id, "m-" + handle, text, saidBy, saidAt, scope.shown(), score, corrects);
    }

    @Override
    public String toString() {
        return "Fact[" + id + "]";
    }
}
