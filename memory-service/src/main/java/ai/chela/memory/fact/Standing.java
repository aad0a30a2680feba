package ai.chela.memory.fact;

import ai.chela.contracts.memory.MemoryOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fact came from and how it is kept.
 *
 * @param trust from 0 to 1, see {@link Trust}
 * @param preference whether it says how a person wants things done
 * @param validFrom since when it holds
 * @param validTo until when it held, null while it holds
 * @param disputed another fact says otherwise, and nobody has said yet which holds
 * @param expiresAt when it is forgotten by itself, null for never
 * @param recalls how often it was the answer
 * @param recalledAt when last, null for never
 * @param tags words that a person filed it under
 */
public record Standing(
        double trust,
        MemoryOrigin origin,
        boolean preference,
        Instant validFrom,
        @Nullable Instant validTo,
        boolean pinned,
        boolean disputed,
        @Nullable Instant expiresAt,
        long recalls,
        @Nullable Instant recalledAt,
        List<String> tags) {
    public Standing {
        tags = List.copyOf(tags);
    }

    /** A person's own word, just said. */
    public static Standing said(Instant at) {
        return new Standing(1, MemoryOrigin.SAID, false, at, null, false, false, null, 0, null, List.of());
    }

    /** Whether its time is over. */
    public boolean expired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    /**
     * How much of it is left by not being used, from 0 to 1. Each night since it was told or last recalled takes its share;
     * the more often it was recalled, the more nights it takes to lose the same. What is pinned loses nothing.
     *
     * @param nightly what a night leaves, from 0 (excluded) to 1
     */
    public double strength(double nightly, Instant now) {
        if (pinned) return 1;
        Instant used = recalledAt == null ? validFrom : recalledAt;
        long nights = Math.max(0, Duration.between(used, now).toDays());
        return Math.pow(nightly, (double) nights / (1 + recalls));
    }

    /** How the next version of the same memory is kept: pin, expiry and uses stay with the memory. */
    public Standing renewed(Standing next) {
        return new Standing(
                next.trust,
                next.origin,
                next.preference,
                next.validFrom,
                null,
                pinned,
                disputed,
                expiresAt,
                recalls,
                recalledAt,
                next.tags);
    }

    /** In dispute, or not. */
    public Standing disputed(boolean now) {
        return new Standing(
                trust, origin, preference, validFrom, validTo, pinned, now, expiresAt, recalls, recalledAt, tags);
    }

    /** With these tags. */
    public Standing tagged(List<String> newTags) {
        return new Standing(
                trust,
                origin,
                preference,
                validFrom,
                validTo,
                pinned,
                disputed,
                expiresAt,
                recalls,
                recalledAt,
                newTags);
    }
}
