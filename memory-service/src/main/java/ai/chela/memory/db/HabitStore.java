package ai.chela.memory.db;

import ai.chela.contracts.memory.Habit;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.habit.Habits;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Habits in PostgreSQL: one row a person and operation, two counters of it in arrays. */
@ApplicationScoped
class HabitStore implements Habits {
    private static final int HOURS = 24;
    private static final int DAYS = 7;

    private static final String COUNT = """
            insert into habit as h (tenant, person, operation, count, last_at, hours, days)
            select ?1, ?2, o.operation, 1, timestamptz 'epoch' + cast(?4 as bigint) * interval '1 microsecond',
                ?5::bigint[], ?6::bigint[]
            from unnest(?3::text[]) o(operation)
            where coalesce((select l.learning from learner l where l.tenant = ?1 and l.person = ?2), true)
            order by o.operation
            on conflict (tenant, person, operation) do update set
                count = h.count + 1, last_at = greatest(h.last_at, excluded.last_at),
                hours = (select array_agg(a + b order by n) from unnest(h.hours, excluded.hours) with ordinality t(a, b, n)),
                days = (select array_agg(a + b order by n) from unnest(h.days, excluded.days) with ordinality t(a, b, n))""";

    @Override
    public Uni<Void> count(UnitOfWork unit, String person, Set<String> operations, ZonedDateTime at) {
        return unit.execute(
                        COUNT,
                        unit.tenant(),
                        person,
                        operations.toArray(String[]::new),
                        FactRows.micros(at.toInstant()),
                        one(HOURS, at.getHour()),
                        one(DAYS, at.getDayOfWeek().getValue() - 1))
                .replaceWithVoid();
    }

    private static Long[] one(int size, int place) {
        Long[] counts = new Long[size];
        Arrays.fill(counts, 0L);
        counts[place] = 1L;
        return counts;
    }

    @Override
    public Uni<List<Habit>> most(UnitOfWork unit, String person, int limit) {
        return unit.rows(
                        "select operation, count, cast(extract(epoch from last_at) * 1000000 as bigint),"
                                + " array_to_string(hours, ','), array_to_string(days, ',') from habit"
                                + " where tenant = ?1 and person = ?2 order by count desc, last_at desc, operation limit "
                                + limit,
                        unit.tenant(),
                        person)
                .map(rows -> rows.stream().map(HabitStore::habit).toList());
    }

    private static Habit habit(@Nullable Object[] row) {
        return new Habit(
                FactRows.text(row[0]),
                FactRows.number(row[1]),
                FactRows.instant(FactRows.number(row[2])),
                numbers(FactRows.text(row[3])),
                numbers(FactRows.text(row[4])));
    }

    private static List<Long> numbers(String written) {
        return Arrays.stream(written.split(",")).map(Long::valueOf).toList();
    }

    @Override
    public Uni<Void> forget(UnitOfWork unit, String person) {
        return unit.execute("delete from habit where tenant = ?1 and person = ?2", unit.tenant(), person)
                .replaceWithVoid();
    }
}
