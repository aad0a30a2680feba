package ai.chela.agent.extract;

import ai.chela.contracts.memory.ExtractionRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that wait for a model's look, in the database. Every method is one statement of the caller's transaction. */
final class ExtractionRows {
    private ExtractionRows() {}

    /**
     * One that waits.
     *
     * @param tries how often the model was asked
     * @param old whether it has waited for a day
     */
    record Row(ExtractionRequested request, Origin origin, int tries, long fence, boolean old) {
        String id() {
            return request.callId();
        }

        Row claimed(long newFence) {
            return new Row(request, origin, tries + 1, newFence, old);
        }
    }

    /** Stores it, once however often it comes. */
    static Uni<Void> add(UnitOfWork unit, ExtractionRequested request) {
        return unit.execute(
                        "insert into extraction (tenant, id, request, origin) values (?1, ?2, ?3, ?4)"
                                + " on conflict do nothing",
                        unit.tenant(),
                        request.callId(),
                        WireJson.text(request),
                        WireJson.text(unit.origin()))
                .replaceWithVoid();
    }

    /** Reads one that is due and keeps others from it until the commit; null when there is none, or another has it. */
    static Uni<@Nullable Row> lock(UnitOfWork unit, String id) {
        return unit.rows("""
                        select request, origin, tries, fence, created_at < now() - interval '1 day'
                        from extraction where tenant = ?1 and id = ?2 and due_at <= now() for update skip locked""", unit.tenant(), id).map(rows -> rows.isEmpty() ? null : row(rows.getFirst()));
    }

    private static Row row(Object[] columns) {
        return new Row(
                WireJson.read((String) columns[0], ExtractionRequested.class),
                WireJson.read((String) columns[1], Origin.class),
                ((Number) columns[2]).intValue(),
                ((Number) columns[3]).longValue(),
                (Boolean) columns[4]);
    }

    /** One more message of that person today, unless she has {@code most} already. */
    static Uni<Boolean> admit(UnitOfWork unit, String person, int most) {
        return unit.execute("""
                        insert into extraction_day as d (tenant, person, day, asked)
                        select ?1, ?2, cast(now() at time zone 'utc' as date), 1 where cast(?3 as int) > 0
                        on conflict (tenant, person) do update set day = excluded.day,
                            asked = case when d.day = excluded.day then d.asked + 1 else 1 end
                        where d.day <> excluded.day or d.asked < cast(?3 as int)""", unit.tenant(), person, most).map(changed -> changed == 1);
    }

    /** Notes that the model is being asked, and returns the fencing number; nobody else asks for that long. */
    static Uni<Long> claim(UnitOfWork unit, String id, Duration time) {
        return unit.query(Long.class, """
                        update extraction set tries = tries + 1, fence = fence + 1,
                               due_at = now() + ?3 * interval '1 millisecond'
                        where tenant = ?1 and id = ?2 returning fence""", unit.tenant(), id, time.toMillis()).map(List::getFirst);
    }

    /** To be asked again after a pause, unless somebody has taken it over. */
    static Uni<Void> postpone(UnitOfWork unit, Row row, Duration pause) {
        return unit.execute(
                        "update extraction set due_at = now() + ?4 * interval '1 millisecond'"
                                + " where tenant = ?1 and id = ?2 and fence = ?3",
                        unit.tenant(),
                        row.id(),
                        row.fence(),
                        pause.toMillis())
                .replaceWithVoid();
    }

    /** Removes it; false when somebody has taken it over. */
    static Uni<Boolean> remove(UnitOfWork unit, Row row) {
        return unit.execute(
                        "delete from extraction where tenant = ?1 and id = ?2 and fence = ?3",
                        unit.tenant(),
                        row.id(),
                        row.fence())
                .map(changed -> changed == 1);
    }
}
