package ai.chela.scheduler.watch;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;

/** The leases of what is under way, across tenants. */
public interface LeaseStore {
    /** What a lease is on. */
    enum Kind {
        /** A check of a watch. */
        CHECK,
        /** A request for a watch. */
        ASKED
    }

    /** One holding of something: whoever takes it over has a higher fence. */
    record Held(String tenant, String id, long fence) {}

    /** Lets these last for {@code lease} from now; those that somebody else has taken over stay his. */
    Uni<Void> renew(Kind kind, Collection<Held> held, Duration lease);

    /** Gives these back, but for those that somebody else has taken over. */
    Uni<Void> release(Kind kind, Collection<Held> held);
}
