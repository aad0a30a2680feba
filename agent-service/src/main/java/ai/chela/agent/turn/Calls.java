package ai.chela.agent.turn;

import ai.chela.agent.config.AgentConfig;
import ai.chela.agent.journal.Journal;
import ai.chela.agent.journal.Steps;
import ai.chela.agent.journal.TurnRow;
import ai.chela.agent.operation.Doer;
import ai.chela.agent.operation.MemoryRequests;
import ai.chela.agent.operation.Requests;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.RecallRequested;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.fault.CrashPoint;
import ai.chela.kit.fault.CrashPoints;
import ai.chela.kit.outbox.DirectSender;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Hands calls to the services that do them. */
@ApplicationScoped
public class Calls {
    private static final Logger LOG = Logger.getLogger(Calls.class);

    /** How many memories a question brings. */
    private static final int RECALL_LIMIT = 5;

    /** And how many a search. */
    private static final int SEARCH_LIMIT = 10;

    /** How many preferences come along where a model is going to answer. */
    private static final int PREFERENCES = 8;

    private final DirectSender direct;
    private final AgentConfig config;
    private volatile Runnable finished = () -> {};

    public Calls(DirectSender direct, AgentConfig config) {
        this.direct = direct;
        this.config = config;
    }

    /** Told after each commit that finished a turn: the next of its conversation may begin. */
    public void whenTurnFinished(Runnable action) {
        finished = action;
    }

    void turnFinished() {
        finished.run();
    }

    Uni<Void> request(UnitOfWork unit, TurnRow row, String language, Origin origin, Call call, Instant deadline) {
        String name = call.operation().name();
        int attempt = call.state() instanceof CallState.Requested requested ? requested.attempt() : 1;
        String id = Ids.derive(call.id(), "request", attempt, String.valueOf(call.approval()));
        String step = call.requestId();
        return Steps.begun(unit, row.id(), step, "call", name, call.rule()).chain(() -> switch (Doer.of(name)) {
            case RECALL -> recall(unit, row, origin, call, id);
            case MEMORY -> memory(unit, row, origin, call, id);
            case SCHEDULER ->
                unit.publish(
                        Topic.SCHEDULE_REQUESTED,
                        id,
                        Requests.schedule(call.id(), call.operation(), row.input(), language, call.approval()),
                        origin);
            case TOOL, AGENT, PREFERENCE -> tool(unit, row, language, origin, call, id, deadline);
        });
    }

    private Uni<Void> tool(
            UnitOfWork unit, TurnRow row, String language, Origin origin, Call call, String id, Instant deadline) {
        CrashPoints.reach(CrashPoint.TOOL_REQUEST_BEFORE);
        unit.afterCommit(() -> CrashPoints.reach(CrashPoint.TOOL_REQUEST_AFTER));
        unit.audit(
                "tool.requested",
                call.operation().name(),
                "ok",
                call.operation().args().toString());
        return unit.publish(
                Topic.TOOL_REQUESTED,
                id,
                new ToolRequested(
                        call.requestId(),
                        call.operation().name(),
                        call.operation().args(),
                        language,
                        row.input().zone().getId(),
                        deadline,
                        call.approval()),
                origin);
    }

    /** In between, what was recalled last may have been forgotten: then it is the service that finds nothing. */
    private static Uni<Void> memory(UnitOfWork unit, TurnRow row, Origin origin, Call call, String id) {
        return Journal.recalled(unit, row.input().conversation())
                .chain(recalled -> unit.publish(
                        Topic.MEMORY_REQUESTED,
                        id,
                        MemoryRequests.of(
                                call.id(),
                                call.operation(),
                                row.input(),
                                recalled == null ? "-" : recalled,
                                Origins.of(call, row.state(), row.input())),
                        origin));
    }

    /** A question: sent after the commit, and asked again when it is lost. */
    private Uni<Void> recall(UnitOfWork unit, TurnRow row, Origin origin, Call call, String id) {
        boolean search = call.operation().name().equals("memory.search");
        RecallRequested question = new RecallRequested(
                call.id(),
                String.valueOf(call.operation().args().get("query")),
                row.input().room(),
                search ? SEARCH_LIMIT : RECALL_LIMIT,
                null,
                search ? null : preferences(call));
        unit.afterCommit(() -> direct.send(Topic.RECALL_REQUESTED, origin, id, null, question)
                .subscribe()
                .with(_ -> {}, failure -> LOG.warnf("recall.not-asked turn=%s cause=%s", row.id(), failure)));
        return Uni.createFrom().voidItem();
    }

    /** Asked for once a turn: by the recall before a model, not by those that the model asks for. */
    private @Nullable Integer preferences(Call call) {
        return call.modelCallId() == null && config.models().chosen() != null ? PREFERENCES : null;
    }
}
