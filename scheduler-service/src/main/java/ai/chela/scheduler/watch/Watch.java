package ai.chela.scheduler.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a watch keeps beside its trigger.
 *
 * @param approved code of the approval for an address that is not public; null where none was needed
 * @param checkAt when it is to be checked next; null while it is paused
 */
public record Watch(
        String id,
        int expectedStatus,
        @Nullable String approved,
        Health health,
        @Nullable Instant checkAt) {
    Watch with(Health newHealth, @Nullable Instant nextCheck) {
        return new Watch(id, expectedStatus, approved, newHealth, nextCheck);
    }
}
