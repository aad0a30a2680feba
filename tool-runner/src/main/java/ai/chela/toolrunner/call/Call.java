package ai.chela.toolrunner.call;

import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;

/**
 * A call that this instance holds.
 *
 * @param request what was asked
 * @param origin for whom and why; its cause is the id of the event that asked
 * @param fence counts who held it; only the newest holder may finish it
 * @param startedBefore whether an earlier holder may have run it, and died
 */
public record Call(ToolRequested request, Origin origin, long fence, boolean startedBefore) {
    /** What tells this holding of the call from every other one. */
    public record Key(String tenant, String id, long fence) {}

    public Key key() {
        return new Key(origin.tenant(), request.callId(), fence);
    }
}
