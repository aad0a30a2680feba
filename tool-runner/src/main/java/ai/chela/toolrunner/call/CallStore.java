package ai.chela.toolrunner.call;

import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.work.WorkLoop;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where calls are kept. */
public interface CallStore {

    /** Keeps a request; one whose call is known already changes nothing. */
    Uni<Void> add(UnitOfWork unit, ToolRequested request, Origin origin);

    /** At most so many calls that nobody holds, oldest first, of all tenants. */
    Uni<List<WorkLoop.Work>> due(int most);

    /** Takes a call for {@code lease}; empty when it is finished or another holds it. */
    Uni<Optional<Call>> take(UnitOfWork unit, String id, Duration lease);

    /** Marks a call as finished and forgets what was asked. @return false when another holder took over meanwhile */
    Uni<Boolean> finish(UnitOfWork unit, Call call, String outcome);

    /** Gives back what this instance held when it last ended; nothing of it can be running any more. */
    Uni<Void> releaseOwn();

    /** Removes what finished longer ago than {@code age}. */
    Uni<Void> removeFinished(Duration age);
}
