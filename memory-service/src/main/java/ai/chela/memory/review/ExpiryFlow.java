package ai.chela.memory.review;

import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Facts;
import ai.chela.memory.fact.ForgetFlow;
import ai.chela.memory.retention.Holds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forgets for good what its person gave a time limit, once that is over. */
@ApplicationScoped
public class ExpiryFlow {
    private final Facts facts;
    private final ForgetFlow forget;
    private final Holds holds;
    private final Transactions transactions;

    ExpiryFlow(Facts facts, ForgetFlow forget, Holds holds, Transactions transactions) {
        this.facts = facts;
        this.forget = forget;
        this.holds = holds;
        this.transactions = transactions;
    }

    /** Forgets that memory if its time is over. */
    public Uni<Void> expire(String tenant, String root) {
        Origin origin = Origin.first(tenant, Principal.service("memory"), null);
        return transactions.run(
                "memory.expire",
                origin,
                unit -> facts.ofRoot(unit, root)
                        .chain((@Nullable Fact fact) -> fact == null
                                ? Uni.createFrom().voidItem()
                                : facts.lock(unit, fact.scope()).chain(() -> erase(unit, root))));
    }

    /** Read again under the lock: in between it may have been given more time. */
    private Uni<Void> erase(UnitOfWork unit, String root) {
        return facts.ofRoot(unit, root).chain((@Nullable Fact fact) -> {
            if (fact == null || !fact.standing().expired(Instant.now()))
                return Uni.createFrom().voidItem();
            return holds.held(unit, List.of(root))
                    .chain(held -> held ? Uni.createFrom().voidItem() : forget.erase(unit, List.of(fact)));
        });
    }
}
