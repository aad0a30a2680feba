package ai.chela.scheduler.db;

import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.Timing;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.WireJson;
import ai.chela.scheduler.due.Firing;
import ai.chela.scheduler.trigger.Trigger;
import ai.chela.scheduler.trigger.Trigger.Reminding;
import ai.chela.scheduler.trigger.Trigger.Watching;
import ai.chela.scheduler.trigger.TriggerStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Triggers in the table of that name. */
@ApplicationScoped
public class SqlTriggers implements TriggerStore {
    private static final String COLUMNS =
            "t.id, t.handle, t.state, t.owner, t.conversation, t.zone, t.language, t.body,"
                    + " t.action, t.timing, t.until_date, t.every_millis, t.made_at, t.due_at";
    private static final int AFTER_COLUMNS = 14;
    private static final String OPEN = "t.state in ('ACTIVE', 'PAUSED')";
    private static final String LOCKED = "select " + COLUMNS + ", p.active, clock_timestamp() from trigger t"
            + " left join person p on p.tenant = t.tenant and p.id = t.owner where t.tenant = ?1 and ";

    @Override
    public Uni<Drawn> drawHandle(UnitOfWork unit, String form, String owner, long most) {
        return unit.rows("select number, active from draw_handle(?1, ?2, ?3, ?4)", unit.tenant(), form, owner, most)
                .map(rows -> new Drawn(form + "-" + rows.getFirst()[0], (Long) rows.getFirst()[1]));
    }

    @Override
    public Uni<Void> insert(UnitOfWork unit, Trigger trigger) {
        @Nullable String action = null;
        @Nullable String timing = null;
        @Nullable LocalDate until = null;
        @Nullable Long every = null;
        switch (trigger.task()) {
            case Reminding reminding -> {
                action = reminding.action().name();
                timing = WireJson.text(reminding.timing());
                until = reminding.until();
            }
            case Watching(var interval) -> every = interval.toMillis();
        }
        return unit.execute(
                        """
                        insert into trigger (tenant, id, handle, state, owner, conversation, zone, language, body,
                                             action, timing, until_date, every_millis, made_at, due_at, wake_at)
                        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15)
                        """,
                        unit.tenant(),
                        trigger.id(),
                        trigger.handle(),
                        trigger.state().name(),
                        trigger.owner(),
                        trigger.conversation(),
                        trigger.zone(),
                        trigger.language(),
                        trigger.text(),
                        action,
                        timing,
                        until,
                        every,
                        trigger.madeAt(),
                        trigger.dueAt())
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> save(UnitOfWork unit, Trigger trigger) {
        return unit.execute(
                        """
                        update trigger set state = ?3, due_at = ?4, wake_at = ?4,
                               ended_at = case when ?5 then coalesce(ended_at, now()) end
                        where tenant = ?1 and id = ?2
                        """,
                        unit.tenant(),
                        trigger.id(),
                        trigger.state().name(),
                        trigger.dueAt(),
                        trigger.state().ended())
                .replaceWithVoid();
    }

    @Override
    public Uni<@Nullable Locked> lock(UnitOfWork unit, String handle) {
        return one(unit, unit.rows(LOCKED + "t.handle = ?2 for update of t", unit.tenant(), handle));
    }

    @Override
    public Uni<@Nullable Locked> lockNewest(UnitOfWork unit, String owner, String conversation) {
        return one(
                unit,
                unit.rows(
                        LOCKED + "t.owner = ?2 and t.conversation = ?3 and " + OPEN
                                + " order by t.made_at desc limit 1 for update of t",
                        unit.tenant(),
                        owner,
                        conversation));
    }

    @Override
    public Uni<@Nullable Locked> claim(UnitOfWork unit, String id) {
        return one(unit, unit.rows(LOCKED + "t.id = ?2 for update of t skip locked", unit.tenant(), id));
    }

    @Override
    public Uni<Void> postpone(UnitOfWork unit, String id, Instant until) {
        return unit.execute("update trigger set wake_at = ?3 where tenant = ?1 and id = ?2", unit.tenant(), id, until)
                .replaceWithVoid();
    }

    @Override
    public Uni<Listing> list(UnitOfWork unit, String owner, int limit) {
        return unit.rows(
                        "select " + COLUMNS
                                + ", count(*) over () from trigger t where t.tenant = ?1 and t.owner = ?2 and " + OPEN
                                + " order by t.due_at nulls last, t.made_at desc limit ?3",
                        unit.tenant(),
                        owner,
                        (long) limit)
                .map(rows -> new Listing(
                        rows.stream().map(row -> trigger(unit.tenant(), row)).toList(),
                        rows.isEmpty() ? 0 : (Long) rows.getFirst()[AFTER_COLUMNS]));
    }

    private static Uni<@Nullable Locked> one(UnitOfWork unit, Uni<List<Object[]>> found) {
        return found.map(rows -> rows.isEmpty() ? null : locked(unit.tenant(), rows.getFirst()));
    }

    private static Locked locked(String tenant, Object[] row) {
        Firing.Owner owner = switch (row[AFTER_COLUMNS]) {
            case Boolean active -> active ? Firing.Owner.ACTIVE : Firing.Owner.INACTIVE;
            case null, default -> Firing.Owner.UNKNOWN;
        };
        return new Locked(trigger(tenant, row), owner, (Instant) row[AFTER_COLUMNS + 1]);
    }

    /** @param row in the order of {@link #COLUMNS} */
    private static Trigger trigger(String tenant, @Nullable Object[] row) {
        return new Trigger(
                tenant,
                text(row[0]),
                text(row[1]),
                Trigger.State.valueOf(text(row[2])),
                text(row[3]),
                text(row[4]),
                text(row[5]),
                text(row[6]),
                text(row[7]),
                task(row),
                (Instant) Objects.requireNonNull(row[12]),
                (Instant) row[13]);
    }

    private static Trigger.Task task(@Nullable Object[] row) {
        if (row[11] instanceof Long every) return new Watching(Duration.ofMillis(every));
        return new Reminding(
                ScheduleRequested.Action.valueOf(text(row[8])), WireJson.read(text(row[9]), Timing.class), (LocalDate)
                        row[10]);
    }

    private static String text(@Nullable Object column) {
        return String.valueOf(column);
    }
}
