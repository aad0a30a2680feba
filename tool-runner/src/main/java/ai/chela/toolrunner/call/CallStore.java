package ai.chela.toolrunner.call;

import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.work.WorkLoop;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where calls are kept. All times are those of the store's clock. */
public interface CallStore {

    /** Keeps a request; one whose call is known already changes nothing. */
    Uni<Void> add(UnitOfWork unit, ToolRequested request, Origin origin, Lane lane);

    /** Keeps a request and takes its call for {@code lease}; empty when the call is known already. */
    Uni<Optional<Call>> addTaken(UnitOfWork unit, ToolRequested request, Origin origin, Lane lane, Duration lease);

    /**
     * Calls of a lane that nobody holds, of all tenants: first those of persons of whom this instance runs the fewest, then
     * the oldest.
     *
     * @param most how many
     * @param share so many may run here for one person; what goes beyond is left out
     */
    Uni<List<WorkLoop.Work>> due(Lane lane, int most, int share);

    /** Takes a call for {@code lease}; empty when it is finished or another holds it. */
    Uni<Optional<Call>> take(UnitOfWork unit, String id, Duration lease);

    /** Holds calls for another {@code lease} from now; those that are returned are still this holder's. */
    Uni<Set<Call.Key>> renew(Collection<Call.Key> calls, Duration lease);

    /**
     * Gives calls back, so that the next holder need not wait for the end of the lease; changes nothing about those that
     * another holds.
     *
     * @param started whether this holder began them; one that an earlier holder may have run stays so
     */
    Uni<Void> release(Collection<Call> calls, boolean started);

    /** Marks a call as finished and forgets what was asked. @return false when another holder took over meanwhile */
    Uni<Boolean> finish(UnitOfWork unit, Call call, String outcome);

    /** Removes what finished longer ago than {@code age}. */
    Uni<Void> removeFinished(Duration age);
}
