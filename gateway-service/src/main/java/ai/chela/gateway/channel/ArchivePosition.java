package ai.chela.gateway.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a platform's own archive was taken in: everything up to and with this entry is stored here.
 *
 * @param entry the archive's id of it; null before the first
 * @param at when the archive says that it came; null when it does not say
 */
public record ArchivePosition(
        @Nullable String entry, @Nullable Instant at) {
    /** Before everything. */
    public static final ArchivePosition START = new ArchivePosition(null, null);
}
