package ai.chela.scheduler.watch;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The watches of the unit's tenant, and the requests for watches. */
public interface WatchStore {
    /**
     * Something that is held under a lease; what is done with it counts only under its fence.
     *
     * @param now when the lease began, by the clock of the store
     */
    record Leased<T>(T value, long fence, Instant now) {}

    /** A request for a watch with what surrounded it. */
    record Asked(Envelope envelope, ScheduleRequested.Watch request) {}

    Uni<Void> insert(UnitOfWork unit, Watch watch);

    /** Takes the lease of a watch whose check is due; null when somebody else has it or it is not due. */
    Uni<@Nullable Leased<Watch>> lease(UnitOfWork unit, String id, Duration lease);

    /** Writes health and next check and gives the lease back; false when the fence is not the latest any more. */
    Uni<Boolean> finish(UnitOfWork unit, Watch watch, long fence);

    /** The watch, locked but without a lease; null when there is none. */
    Uni<@Nullable Watch> find(UnitOfWork unit, String id);

    /** Writes health and next check and makes every check under way count for nothing. */
    Uni<Void> overrule(UnitOfWork unit, Watch watch);

    Uni<Void> delete(UnitOfWork unit, String id);

    /** Keeps a request until its address was resolved. */
    Uni<Void> ask(UnitOfWork unit, String id, Asked asked);

    /** Takes the lease of a request; null when somebody else has it. */
    Uni<@Nullable Leased<Asked>> leaseAsked(UnitOfWork unit, String id, Duration lease);

    /** Forgets an answered request; false when the fence is not the latest any more. */
    Uni<Boolean> answered(UnitOfWork unit, String id, long fence);
}
