package ai.chela.memory.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is about to be stored.
 *
 * @param id computed from the request, so that the same request gives the same fact
 * @param corrects the text that it supersedes, null for something new
 */
public record Told(
        String id,
        Scope scope,
        String text,
        String speaker,
        String saidBy,
        String conversation,
        Instant saidAt,
        @Nullable String corrects) {
    @Override
    public String toString() {
        return "Told[" + id + "]";
    }
}
