package ai.chela.memory.fact;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.recall.RecallFlow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells where memories come from, what they were before, and all of them for taking away. Changes nothing. */
@ApplicationScoped
public class PastFlow {
    /** Versions that are read for one part of an export. */
    private static final int MOST_EXPORTED = 300;

    private final Facts facts;
    private final RecallFlow recall;

    PastFlow(Facts facts, RecallFlow recall) {
        this.facts = facts;
        this.recall = recall;
    }

    Uni<MemoryChanged> explain(UnitOfWork unit, Asker asker, MemoryRequested.Explain request) {
        return facts.current(unit, asker, request.memory()).chain((@Nullable Fact fact) -> {
            if (fact == null) return nothing(request);
            return facts.versions(unit, fact)
                    .map(versions -> new MemoryChanged.Explained(
                            request.callId(),
                            shown(versions),
                            fact.standing().recalls(),
                            fact.standing().recalledAt()));
        });
    }

    Uni<MemoryChanged> lookBack(UnitOfWork unit, Asker asker, MemoryRequested.LookBack request) {
        return meant(unit, asker, request).chain((@Nullable Fact fact) -> {
            if (fact == null) return nothing(request);
            return facts.versions(unit, fact).map(versions -> lookedBack(request, versions));
        });
    }

    private static MemoryChanged lookedBack(MemoryRequested.LookBack request, List<Fact> versions) {
        Fact then = request.at() == null ? Past.before(versions) : Past.at(versions, request.at());
        return new MemoryChanged.LookedBack(
                request.callId(), versions.getFirst().shown(0), then == null ? null : then.shown(0), request.at());
    }

    private Uni<@Nullable Fact> meant(UnitOfWork unit, Asker asker, MemoryRequested.LookBack request) {
        String memory = request.memory();
        if (memory != null) return facts.current(unit, asker, memory);
        String query = request.query();
        if (query == null) return Uni.createFrom().nullItem();
        return recall.clearlyMatching(unit, asker, query)
                .chain(hits -> hits.isEmpty()
                        ? Uni.createFrom().nullItem()
                        : facts.current(unit, asker, hits.getFirst().fact().id()));
    }

    Uni<MemoryChanged> export(UnitOfWork unit, Asker asker, MemoryRequested.Export request) {
        Export.Place from = Export.Place.of(request.after());
        unit.audit("memory.exported", asker.person(), "ok", null);
        return facts.exported(unit, asker, from.handle() - (from.versions() == 0 ? 0 : 1), MOST_EXPORTED)
                .map(versions -> Export.part(request.callId(), from, versions, versions.size() == MOST_EXPORTED));
    }

    private static List<RecalledFact> shown(List<Fact> versions) {
        return ThatFit.first(versions.stream().map(version -> version.shown(0)).toList());
    }

    private static Uni<MemoryChanged> nothing(MemoryRequested request) {
        return Uni.createFrom().item(new MemoryChanged.NotFound(request.callId()));
    }
}
