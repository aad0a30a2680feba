package ai.chela.agent.journal;

import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of turns: noted before they have an effect outside, and again when that effect is known. */
public final class Steps {
    private Steps() {}

    /** A step begins. {@code detail} is for {@code /why}: a rule, a model's name; never content. */
    public static Uni<Void> begun(
            UnitOfWork unit, String turn, String id, String kind, String name, @Nullable String detail) {
        return unit.execute("""
                        insert into step (tenant, turn, id, kind, name, detail, started_at)
                        values (?1, ?2, ?3, ?4, ?5, ?6, clock_timestamp())
                        on conflict (tenant, turn, id) do update set detail = coalesce(?6, step.detail)""", unit.tenant(), turn, id, kind, name, detail).replaceWithVoid();
    }

    /** A step without an effect outside: it begins and ends at once. */
    public static Uni<Void> done(UnitOfWork unit, String turn, String id, String kind, String name) {
        return unit.execute("""
                        insert into step (tenant, turn, id, kind, name, outcome, started_at, finished_at)
                        values (?1, ?2, ?3, ?4, ?5, 'ok', clock_timestamp(), clock_timestamp())
                        on conflict do nothing""", unit.tenant(), turn, id, kind, name).replaceWithVoid();
    }

    public static Uni<Void> ended(UnitOfWork unit, String turn, String id, String outcome, @Nullable String detail) {
        return unit.execute("""
                        update step set outcome = ?4, finished_at = clock_timestamp(), detail = coalesce(?5, detail)
                        where tenant = ?1 and turn = ?2 and id = ?3""", unit.tenant(), turn, id, outcome, detail).replaceWithVoid();
    }

    /** A step as {@code /why} shows it; {@code millis} is null while it is under way. */
    public record Shown(
            String kind,
            String name,
            @Nullable String outcome,
            @Nullable String detail,
            @Nullable Long millis) {}

    public static Uni<List<Shown>> of(UnitOfWork unit, String turn) {
        return unit.rows("""
                        select kind, name, outcome, detail,
                               cast(extract(epoch from finished_at - started_at) * 1000 as bigint)
                        from step where tenant = ?1 and turn = ?2 order by started_at, id""", unit.tenant(), turn)
                .map(rows -> rows.stream()
                        .map(c -> new Shown((String) c[0], (String) c[1], (String) c[2], (String) c[3], (Long) c[4]))
                        .toList());
    }
}
