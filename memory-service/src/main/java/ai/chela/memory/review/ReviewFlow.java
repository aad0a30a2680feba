package ai.chela.memory.review;

import ai.chela.contracts.Principal;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.ReviewNote.What;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Facts;
import ai.chela.memory.fact.Keeping;
import ai.chela.memory.recall.Meanings;
import ai.chela.memory.review.Reviews.Group;
import ai.chela.memory.review.Reviews.Night;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reviews a tenant's memories once a night, whatever number of instances there is. A group of memories is one transaction
 * under the lease; a review that breaks off goes on where it was, since what is done is no longer found.
 */
@ApplicationScoped
public class ReviewFlow {
    private static final Logger LOG = Logger.getLogger(ReviewFlow.class);

    /** More are for the next night. */
    private static final int MOST_GROUPS = 1_000;

    private final Reviews reviews;
    private final Facts facts;
    private final Keeping keeping;
    private final Meanings meanings;
    private final Transactions transactions;
    private final MeterRegistry meters;
    private final LocalTime at;
    private final ZoneId zone;

    ReviewFlow(
            Reviews reviews,
            Facts facts,
            Keeping keeping,
            Meanings meanings,
            Transactions transactions,
            MemorySettings settings,
            MeterRegistry meters) {
        this.reviews = reviews;
        this.facts = facts;
        this.keeping = keeping;
        this.meanings = meanings;
        this.transactions = transactions;
        this.meters = meters;
        this.at = settings.review().at();
        this.zone = zone(settings.review().zone());
    }

    /** Reviews the tenant's memories if that is due at {@code now}; true when it was. */
    public Uni<Boolean> review(String tenant, Instant now) {
        Origin origin = Origin.first(tenant, Principal.service("memory"), null);
        return transactions
                .run("memory.review", origin, unit -> reviews.take(unit, now, next(now)))
                .chain((@Nullable Night night) -> night == null
                        ? Uni.createFrom().item(false)
                        : review(origin, night, now).replaceWith(true));
    }

    private Uni<Void> review(Origin origin, Night night, Instant now) {
        return groups(origin, night, now, Group.Kind.SAME)
                .chain(() -> groups(origin, night, now, Group.Kind.CONTRARY))
                .chain(() -> transactions.run("memory.review", origin, unit -> finish(unit, night, now)));
    }

    private Uni<Void> finish(UnitOfWork unit, Night night, Instant now) {
        unit.audit("memory.reviewed", unit.tenant(), "ok", null);
        unit.afterCommit(() -> LOG.infof("event=memory.reviewed tenant=%s", unit.tenant()));
        return reviews.endDisputes(unit).chain(() -> reviews.finish(unit, night, now, next(now)));
    }

    private Uni<Void> groups(Origin origin, Night night, Instant now, Group.Kind kind) {
        return transactions
                .run("memory.review", origin, unit -> reviews.groups(unit, kind, MOST_GROUPS))
                .chain(groups -> groups(origin, night, now, groups, 0));
    }

    private Uni<Void> groups(Origin origin, Night night, Instant now, List<Group> groups, int at) {
        if (at == groups.size()) return Uni.createFrom().voidItem();
        Group group = groups.get(at);
        return transactions
                .run("memory.review", origin, unit -> group(unit, night, now, group))
                .chain(() -> groups(origin, night, now, groups, at + 1));
    }

    private Uni<Void> group(UnitOfWork unit, Night night, Instant now, Group group) {
        return reviews.hold(unit, night)
                .chain(() -> facts.lock(unit, group.scope()))
                .chain(() -> reviews.members(unit, group))
                .chain(members -> carryOut(
                        unit,
                        night,
                        now,
                        switch (group.kind()) {
                            case SAME -> Verdict.ofSame(members);
                            case CONTRARY -> Verdict.ofContrary(members);
                        }));
    }

    private Uni<Void> carryOut(UnitOfWork unit, Night night, Instant now, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Leave _ -> Uni.createFrom().voidItem();
            case Verdict.Merge(Fact kept, List<Fact> others) -> absorb(unit, night, now, What.MERGED, kept, others, 0);
            case Verdict.Close(Fact kept, List<Fact> others) -> absorb(unit, night, now, What.CLOSED, kept, others, 0);
            case Verdict.Dispute(List<Fact> disputed) -> dispute(unit, night, disputed, 0);
        };
    }

    private Uni<Void> absorb(
            UnitOfWork unit, Night night, Instant now, What what, Fact kept, List<Fact> others, int at) {
        if (at == others.size()) return Uni.createFrom().voidItem();
        Fact other = others.get(at);
        did(unit, what, other);
        unit.afterCommit(() -> meanings.gone(unit.tenant(), other.scope(), List.of(other.id())));
        return keeping.absorb(unit, kept, other, now.truncatedTo(ChronoUnit.MICROS))
                .chain(() -> reviews.note(unit, night, kept.scope(), what, kept, other))
                .chain(() -> absorb(unit, night, now, what, kept, others, at + 1));
    }

    private Uni<Void> dispute(UnitOfWork unit, Night night, List<Fact> disputed, int at) {
        if (at == disputed.size()) return Uni.createFrom().voidItem();
        Fact fact = disputed.get(at);
        Fact other = disputed.get(at == 0 ? 1 : 0);
        if (at == 0) did(unit, What.DISPUTED, fact);
        Uni<Void> noted = at == 0
                ? reviews.note(unit, night, fact.scope(), What.DISPUTED, fact, other)
                : Uni.createFrom().voidItem();
        return noted.chain(() -> keeping.dispute(unit, fact, true)).chain(() -> dispute(unit, night, disputed, at + 1));
    }

    private void did(UnitOfWork unit, What what, Fact fact) {
        String action = switch (what) {
            case MERGED -> "memory.merged";
            case CLOSED -> "memory.closed";
            case DISPUTED -> "memory.disputed";
        };
        unit.audit(action, fact.root(), "ok", null);
        unit.afterCommit(() ->
                meters.counter("chela.memory.reviewed", "what", what.name()).increment());
    }

    private static ZoneId zone(String name) {
        try {
            return name.equals("system") ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalStateException(
                    "chela.memory.review.zone: no time zone is named \"" + name + "\"; e.g. Europe/Berlin, or system",
                    e);
        }
    }

    /** The next time that the configured hour comes round. */
    private Instant next(Instant now) {
        ZonedDateTime today = now.atZone(zone).with(at);
        return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
    }

    /** What the last night did with what the asker sees. */
    public Uni<MemoryChanged> show(UnitOfWork unit, Asker asker, MemoryRequested.ShowReview request) {
        return reviews.last(unit, asker)
                .map(last -> new MemoryChanged.Reviewed(request.callId(), last.at(), last.notes()));
    }
}
