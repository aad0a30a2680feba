package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.retention.Holds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Legal holds in PostgreSQL. A trigger there refuses as well what slips past this question. */
@ApplicationScoped
class HoldStore implements Holds {
    @Override
    public Uni<Boolean> held(UnitOfWork unit, List<String> roots) {
        return unit.query(
                        Boolean.class,
                        "select exists (select 1 from legal_hold h join fact f on f.tenant = h.tenant"
                                + " where h.tenant = ?1 and f.root = any(cast(?2 as text[]))"
                                + " and h.subject in ('tenant', f.scope, 'person:' || f.speaker))",
                        unit.tenant(),
                        roots.toArray(String[]::new))
                .map(List::getFirst);
    }
}
