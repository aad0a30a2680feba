package ai.chela.memory.fact;

import ai.chela.contracts.memory.MemoryOrigin;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is about to be stored.
 *
 * @param id computed from the request, so that the same request gives the same fact
 * @param corrects the text that it supersedes, null for something new
 * @param trust from 0 to 1, at most that of what it came from
 * @param preference whether it says how the person wants things done
 * @param tags words that it is filed under
 */
public record Told(
        String id,
        Scope scope,
        String text,
        String speaker,
        String saidBy,
        String conversation,
        Instant saidAt,
        @Nullable String corrects,
        MemoryOrigin origin,
        double trust,
        boolean preference,
        List<String> tags) {
    public Told {
        tags = List.copyOf(tags);
    }

    /** As it is once it is stored. */
    public Fact fact(String root, long handle) {
        Standing standing = new Standing(trust, origin, preference, saidAt, null, false, false, null, 0, null, tags);
        return new Fact(id, root, handle, scope, text, speaker, saidBy, conversation, saidAt, corrects, standing);
    }

    @Override
    public String toString() {
        return "Told[" + id + "]";
    }
}
