package ai.chela.memory.db;

import ai.chela.contracts.memory.ReviewNote;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.review.Reviews;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reviews in PostgreSQL. Groups are found by their HMACs, without decrypting anything. */
@ApplicationScoped
class ReviewStore implements Reviews {
    private static final String AT = "timestamptz 'epoch' + cast(?%d as bigint) * interval '1 microsecond'";
    private static final String MICROS = "cast(extract(epoch from %s) * 1000000 as bigint)";

    /** Renewed with every group, so it need only outlast the longest of them. */
    private static final String LEASE = "lease_until = now() + interval '5 minutes'";

    private final FactReader reader;

    ReviewStore(FactReader reader) {
        this.reader = reader;
    }

    @Override
    public Uni<@Nullable Night> take(UnitOfWork unit, Instant now, Instant next) {
        return unit.execute(
                        "insert into review (tenant, due_at) values (?1, " + AT.formatted(2)
                                + ") on conflict do nothing",
                        unit.tenant(),
                        FactRows.micros(next))
                .chain(() -> unit.rows(
                        "update review set " + LEASE + ", fence = fence + 1 where tenant = ?1 and due_at <= "
                                + AT.formatted(2) + " and lease_until < now() returning fence, "
                                + MICROS.formatted("due_at"),
                        unit.tenant(),
                        FactRows.micros(now)))
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().nullItem()
                        : begun(
                                unit,
                                new Night(
                                        FactRows.number(rows.getFirst()[0]),
                                        FactRows.instant(FactRows.number(rows.getFirst()[1])))));
    }

    /** Notes of the night before go; those of this one stay when it was begun before. */
    private static Uni<Night> begun(UnitOfWork unit, Night night) {
        return unit.execute(
                        "delete from review_note where tenant = ?1 and reviewed_at < " + AT.formatted(2),
                        unit.tenant(),
                        FactRows.micros(night.due()))
                .replaceWith(night);
    }

    @Override
    public Uni<Void> hold(UnitOfWork unit, Night night) {
        return unit.execute(
                        "update review set " + LEASE + " where tenant = ?1 and fence = ?2",
                        unit.tenant(),
                        night.fence())
                .invoke(ReviewStore::held)
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> finish(UnitOfWork unit, Night night, Instant now, Instant next) {
        return unit.execute(
                        "update review set lease_until = '-infinity', reviewed_at = " + AT.formatted(3) + ", due_at = "
                                + AT.formatted(4) + " where tenant = ?1 and fence = ?2",
                        unit.tenant(),
                        night.fence(),
                        FactRows.micros(now),
                        FactRows.micros(next))
                .invoke(ReviewStore::held)
                .replaceWithVoid();
    }

    private static void held(int rows) {
        if (rows == 0) throw new IllegalStateException("another instance has taken the review over");
    }

    @Override
    public Uni<Void> note(UnitOfWork unit, Night night, Scope scope, ReviewNote.What what, Fact memory, Fact other) {
        return unit.execute(
                        "insert into review_note (tenant, scope, what, memory, other, reviewed_at) values (?1, ?2, ?3, ?4, ?5, "
                                + AT.formatted(6) + ") on conflict (tenant, scope, what, memory, other)"
                                + " do update set reviewed_at = excluded.reviewed_at",
                        unit.tenant(),
                        scope.stored(),
                        what.name(),
                        memory.handle(),
                        other.handle(),
                        FactRows.micros(night.due()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Last> last(UnitOfWork unit, Asker asker) {
        return unit.query(
                        Long.class,
                        "select " + MICROS.formatted("reviewed_at")
                                + " from review where tenant = ?1 and reviewed_at is not null",
                        unit.tenant())
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(new Last(null, List.of()))
                        : notes(unit, asker).map(notes -> new Last(FactRows.instant(found.getFirst()), notes)));
    }

    private static Uni<List<ReviewNote>> notes(UnitOfWork unit, Asker asker) {
        return unit.rows(
                        "select what, memory, other from review_note where tenant = ?1 and scope in (?2, ?3)"
                                + " order by memory, other, what limit 100",
                        unit.tenant(),
                        asker.sees().getFirst().stored(),
                        asker.sees().getLast().stored())
                .map(rows -> rows.stream()
                        .map(row -> new ReviewNote(
                                ReviewNote.What.valueOf(FactRows.text(row[0])),
                                "m-" + FactRows.number(row[1]),
                                "m-" + FactRows.number(row[2])))
                        .toList());
    }

    @Override
    public Uni<List<Group>> groups(UnitOfWork unit, Group.Kind kind, int limit) {
        String column = column(kind);
        String open = switch (kind) {
            case SAME -> "";
            case CONTRARY -> " and count(distinct f.gist) > 1 and not bool_and(coalesce(u.disputed, false))";
        };
        return unit.rows(
                        "select f.scope, f." + column
                                + " from fact f left join keeping u on u.tenant = f.tenant and u.root = f.root"
                                + " where f.tenant = ?1 and f.valid_to is null and f." + column + " is not null"
                                + " group by f.scope, f." + column + " having count(*) > 1" + open + " limit " + limit,
                        unit.tenant())
                .map(rows -> rows.stream()
                        .map(row -> new Group(kind, Scope.of(FactRows.text(row[0])), FactRows.bytes(row[1])))
                        .toList());
    }

    private static String column(Group.Kind kind) {
        return switch (kind) {
            case SAME -> "gist";
            case CONTRARY -> "subject";
        };
    }

    @Override
    public Uni<List<Fact>> members(UnitOfWork unit, Group group) {
        return reader.many(
                unit,
                FactRows.HOLDS + " and f.scope = ?2 and f." + column(group.kind())
                        + " = ?3 order by f.said_at desc, f.handle desc limit 50",
                unit.tenant(),
                group.scope().stored(),
                group.key());
    }

    /** Not while a key is renewed: marks that were made with two keys say nothing of each other. */
    @Override
    public Uni<Integer> endDisputes(UnitOfWork unit) {
        return unit.execute(
                "update keeping u set disputed = false where u.tenant = ?1 and u.disputed"
                        + " and not exists (select 1 from key_renewal r where r.tenant = ?1) and not exists ("
                        + "select 1 from fact f join fact o on o.tenant = f.tenant and o.scope = f.scope and o.subject = f.subject"
                        + " and o.root <> f.root and o.valid_to is null and o.gist <> f.gist"
                        + " where f.tenant = ?1 and f.root = u.root and f.valid_to is null)",
                unit.tenant());
    }
}
